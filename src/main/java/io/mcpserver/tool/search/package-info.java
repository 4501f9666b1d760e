/**
 * Finds tools by what they do, and calls what was found: what a model is shown in place of a long list where {@code
 * tools.discovery} is search.
 */
package io.mcpserver.tool.search;
