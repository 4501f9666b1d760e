/** Makes a store of a backup beside the one that is there, and puts it in its place as one step. */
package io.mcpserver.data.restore;
