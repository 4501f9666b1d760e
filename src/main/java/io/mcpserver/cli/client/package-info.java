/**
 * A client of the protocol, as small as the command {@code call} needs it: over standard streams to a server that it starts,
 * and over HTTP to any, in revision 2026-07-28 or, where a server does not speak that, in one with sessions.
 */
package io.mcpserver.cli.client;
