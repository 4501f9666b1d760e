package io.mcpserver.tool.declarative;

import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.file.DescribedHandler;
import io.mcpserver.tool.file.Surroundings;

/** A tool of a file at work: fills in what is bound and lets its kind work. */
record DeclaredTool(
        String kind, boolean runsPrograms, DeclaredInputs inputs, KindHandler work, Surroundings surroundings)
        implements DescribedHandler {

    @Override
    public ToolResult call(ToolCall call) throws Exception {
        return work.call(inputs.of(call, surroundings), call);
    }
}
