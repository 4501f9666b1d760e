/** Who may use the server, and the values that it gives into clients' hands sealed. Plain Java. */
package io.mcpserver.security;
