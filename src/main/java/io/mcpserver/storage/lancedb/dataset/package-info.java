/**
 * What everything that keeps a Lance dataset needs: the native library and its memory, versions of which all files are
 * there, files that are flushed, conditions. Imports Lance.
 */
package io.mcpserver.storage.lancedb.dataset;
