/** The kinds {@code query} and {@code search}: tools that ask the store for documents. Plain Java. */
package io.mcpserver.tool.declarative.documents;
