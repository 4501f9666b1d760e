/**
 * Puts the parts of the running server together: Quarkus's own settings derived from {@code config.yaml}, beans for
 * what is plain Java, start and stop. Edge layer.
 */
package io.mcpserver.server;
