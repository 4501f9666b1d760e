/**
 * The revisions without sessions, from 2026-07-28 on: each request brings in {@code _meta} what a session would know, and
 * stands for itself. The package can go when the extension speaks these revisions.
 */
package io.mcpserver.mcp.stateless;
