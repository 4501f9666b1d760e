/**
 * One request on its way to its answer, whatever transport brought it and whichever revision it speaks: to a tool of
 * the catalog, or to the extension for the rest. Counted, timed, traced and cancelled here.
 */
package io.mcpserver.mcp.call;
