/**
 * What tools answer that ask the store: documents as agents see them, pages and hits within the size of a result. Plain
 * Java without Quarkus.
 */
package io.mcpserver.tool.documents;
