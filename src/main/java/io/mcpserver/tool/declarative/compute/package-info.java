/**
 * The kind {@code compute}: numbers by expressions over the inputs, exact and bounded at every step. Expressions are read
 * here, and by no library; {@code docs/decisions/0012-expressions-are-read-here.md}
 * says why. Plain Java.
 */
package io.mcpserver.tool.declarative.compute;
