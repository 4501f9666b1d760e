/** Lines out of a store into a file, and out of files into a store. */
package io.mcpserver.data.transfer;
