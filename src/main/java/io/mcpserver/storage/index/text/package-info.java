/** How texts become terms, of documents and of questions: the same for every index, by Lucene's analysis. */
package io.mcpserver.storage.index.text;
