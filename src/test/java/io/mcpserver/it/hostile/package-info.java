/** Messages and requests that no proper client sends, out of a seed; knows nothing of the server. */
package io.mcpserver.it.hostile;
