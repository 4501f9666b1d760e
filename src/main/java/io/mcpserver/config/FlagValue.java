package io.mcpserver.config;

/**
 * One key set on the command line.
 *
 * @param flag what problems call it, such as {@code --port}
 * @param key such as {@code transport.port}
 * @param text read by the type of the key, as an environment variable would be
 */
public record FlagValue(String flag, String key, String text) {}
