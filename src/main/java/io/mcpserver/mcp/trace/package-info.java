/**
 * Spans of requests for an OpenTelemetry collector. The only package that imports OpenTelemetry, and nothing of it is
 * loaded while tracing is off.
 */
package io.mcpserver.mcp.trace;
