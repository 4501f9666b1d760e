package io.mcpserver.tool.declarative.exec;

import java.time.Duration;

/**
 * What a program may take.
 *
 * @param output bytes on its standard output
 * @param memory bytes of address space, of each process
 */
record Limits(Duration time, int output, long memory) {}
