/** Tests of the side of the store. */
package io.mcpserver.data.desk;
