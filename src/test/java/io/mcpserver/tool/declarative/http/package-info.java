/** The kind http, against real servers on the loopback address. */
package io.mcpserver.tool.declarative.http;
