/** The life of the process: wiring, start, orderly end. */
package io.mcpserver.server;
