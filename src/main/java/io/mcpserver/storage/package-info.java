/**
 * The storage SPI: what an engine promises, and the values that go in and out. Plain Java; imports
 * only {@code config} and {@code error}. Engines live in packages below and are found with {@link
 * java.util.ServiceLoader}.
 */
package io.mcpserver.storage;
