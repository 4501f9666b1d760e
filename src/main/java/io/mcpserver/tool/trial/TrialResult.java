package io.mcpserver.tool.trial;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import java.util.Optional;

/** Holds results against the output schema of their tool, in words for whoever wrote the tool. */
record TrialResult(String tool, Optional<Schema> promised) {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static TrialResult of(ToolSpec tool) {
        return new TrialResult(tool.name(), tool.outputSchema().map(REGISTRY::getSchema));
    }

    /** @throws CodedException {@code INTERNAL} where the result is not as promised */
    void check(ToolResult result) {
        promised.ifPresent(schema -> schema
                .validate(
                        result.structured().isPresent()
                                ? result.structured().get()
                                : JsonNodeFactory.instance.nullNode())
                .stream()
                .findFirst()
                .ifPresent(fault -> {
                    throw refused(fault);
                }));
    }

    private CodedException refused(Error fault) {
        return new CodedException(
                ErrorCode.INTERNAL,
                "The result of %s is not what its output schema promises (at \"%s\": %s)."
                        .formatted(tool, fault.getInstanceLocation(), fault.getMessage()));
    }
}
