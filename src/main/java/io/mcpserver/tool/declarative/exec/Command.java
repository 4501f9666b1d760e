package io.mcpserver.tool.declarative.exec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is run for one call.
 *
 * @param tool for whom
 * @param line the program and its arguments
 * @param environment all of it
 * @param input what stands on standard input
 */
record Command(
        String tool, List<String> line, Map<String, String> environment, Path folder, byte[] input, Limits limits) {}
