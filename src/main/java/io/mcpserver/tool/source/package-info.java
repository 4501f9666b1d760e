/**
 * The databases that {@code sources:} of the configuration names: their drivers and pools, values that go in and come
 * out, and what is said when something fails. Plain Java without Quarkus.
 */
package io.mcpserver.tool.source;
