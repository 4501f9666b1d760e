package io.mcpserver.tool.file;

/**
 * Where a secret is: {@code env.NAME} of the environment, or {@code file:PATH}, a mounted file.
 *
 * @param written without {@code ${}}
 */
public record SecretReference(String written) {}
