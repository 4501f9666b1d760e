/**
 * What a search index is: passages of documents in, the best of them by words or by meaning out. Whoever keeps an index
 * in step with a record knows these types only, and so does an engine that brings an index of its own. Plain Java.
 */
package io.mcpserver.storage.search;
