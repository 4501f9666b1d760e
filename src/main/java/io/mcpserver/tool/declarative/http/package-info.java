/**
 * The kind {@code http}: a request with inputs filled in where they cannot change its meaning, and an answer read into a
 * result. Plain Java.
 */
package io.mcpserver.tool.declarative.http;
