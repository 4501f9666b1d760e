/**
 * Asks HTTP servers for tools of files: which addresses may be reached, where a redirect may lead, how much and for how
 * long is read. Knows nothing of tool files. Plain Java.
 */
package io.mcpserver.tool.declarative.http.client;
