package io.mcpserver.tool.declarative.exec;

/**
 * A program that ended by itself.
 *
 * @param output all of its standard output
 * @param said the end of its standard error
 */
record Finished(int exit, byte[] output, String said) {}
