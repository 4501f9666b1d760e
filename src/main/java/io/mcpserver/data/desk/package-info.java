/** The side of the store: answers what {@link io.mcpserver.data.DataLine} asks, in a server or beside none. */
package io.mcpserver.data.desk;
