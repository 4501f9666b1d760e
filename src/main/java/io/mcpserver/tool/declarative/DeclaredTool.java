package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.file.DescribedHandler;
import io.mcpserver.tool.file.Surroundings;
import java.util.List;
import java.util.Optional;

/** A tool of a file at work: fills in what is bound, lets the kind work, and holds the result against its schema. */
record DeclaredTool(
        String name,
        String kind,
        DeclaredInputs inputs,
        KindHandler work,
        Optional<Schema> output,
        Surroundings surroundings)
        implements DescribedHandler {

    @Override
    public ToolResult call(ToolCall call) throws Exception {
        ToolResult result = work.call(inputs.of(call, surroundings), call);
        output.ifPresent(schema -> check(schema, result));
        return result;
    }

    private void check(Schema schema, ToolResult result) {
        ObjectNode structured = result.structured()
                .orElseThrow(() -> new CodedException(
                        ErrorCode.INTERNAL, name + " promises a structured result and made none; tell the operator."));
        List<Error> errors = schema.validate(structured);
        if (!errors.isEmpty()) {
            Error first = errors.getFirst();
            throw new CodedException(
                    ErrorCode.INTERNAL,
                    "The result of %s is not what its output schema promises (at \"%s\": %s); tell the operator."
                            .formatted(
                                    name,
                                    SchemaFaults.pointer(first.getInstanceLocation()),
                                    Shown.cut(first.getMessage(), 200)));
        }
    }
}
