/** Tool files in YAML, from text to answer. */
package io.mcpserver.tool.declarative;
