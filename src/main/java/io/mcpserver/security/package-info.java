/** Who calls, and whether they may. */
package io.mcpserver.security;
