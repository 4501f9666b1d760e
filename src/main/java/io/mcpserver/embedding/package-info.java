/** The embedding SPI: text to vectors. Plain Java; models live in packages below. */
package io.mcpserver.embedding;
