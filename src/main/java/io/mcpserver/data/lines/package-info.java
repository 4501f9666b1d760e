/** A store as lines of JSON: one a document, one for the settings of a collection. */
package io.mcpserver.data.lines;
