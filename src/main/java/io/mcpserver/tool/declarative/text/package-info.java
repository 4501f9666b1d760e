/** The kind {@code text}: a template. Plain Java. */
package io.mcpserver.tool.declarative.text;
