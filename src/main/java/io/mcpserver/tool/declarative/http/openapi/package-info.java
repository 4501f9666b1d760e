/**
 * Makes a tool file of an OpenAPI description (3.0 and 3.1): a tool for each operation. A reader of its own over Jackson,
 * since the libraries for it bring ten megabytes of others. Plain Java.
 */
package io.mcpserver.tool.declarative.http.openapi;
