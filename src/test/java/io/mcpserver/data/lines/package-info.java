/** Tests of the lines of a store. */
package io.mcpserver.data.lines;
