/** Tests of what holds the running server together, and the configuration of all tests with {@code @QuarkusTest}. */
package io.mcpserver.server;
