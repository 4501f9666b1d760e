package io.mcpserver.tool.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;

/** A call of a client that hears nothing and cannot be asked. */
record TrialCall(ObjectNode arguments, ToolCaller caller) implements ToolCall {

    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    @Override
    public <A> A arguments(Class<A> type) {
        try {
            return JSON.treeToValue(arguments, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The schema lets through what " + type.getSimpleName() + " does not take.", e);
        }
    }

    @Override
    public ToolClient client() {
        return ToolClient.SILENT;
    }
}
