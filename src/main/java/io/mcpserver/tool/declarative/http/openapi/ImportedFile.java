package io.mcpserver.tool.declarative.http.openapi;

import java.util.List;

/**
 * A tool file that was made.
 *
 * @param yaml loads without faults
 * @param tools how many it has
 * @param variables of the environment that its tools need
 * @param warnings what could not be taken over
 */
public record ImportedFile(String yaml, int tools, List<String> variables, List<String> warnings) {}
