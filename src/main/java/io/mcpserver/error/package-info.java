/** The vocabulary of failures. Base layer: imports nothing of this program. */
package io.mcpserver.error;
