/**
 * The configuration: its schema, its records, how it is read from file, environment and command
 * line, and what can be wrong with it. Plain Java without Quarkus; the only package that reads the
 * environment.
 */
package io.mcpserver.config;
