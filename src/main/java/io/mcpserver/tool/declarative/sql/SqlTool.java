package io.mcpserver.tool.declarative.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindHandler;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.source.Answer;
import io.mcpserver.tool.source.Sources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs one statement.
 *
 * @param time in place of {@code performance.request_timeout}
 */
record SqlTool(
        String source,
        BoundStatement statement,
        boolean writes,
        int rows,
        boolean objects,
        Optional<Duration> time,
        Surroundings surroundings)
        implements KindHandler {

    @Override
    public ToolResult call(Inputs inputs, ToolCall call) throws InterruptedException {
        List<JsonNode> values = new ArrayList<>();
        statement.names().forEach(name -> values.add(inputs.get(name).orElse(NullNode.getInstance())));
        ServerConfig config = surroundings.config();
        Answer.Limits limits = new Answer.Limits(
                rows,
                config.tools().maxResultBytes(),
                objects,
                time.orElse(config.performance().requestTimeout()));
        Answer answer = surroundings.shared(Sources.class, Sources::new).use(source, config, writes, session -> {
            Answer got = Answer.of(session, statement.sql(session.dialect()), values, limits);
            if (writes && !surroundings.trial()) {
                session.commit();
            }
            return got;
        });
        return ToolResult.of(json(answer));
    }

    private ObjectNode json(Answer answer) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        if (!objects) {
            result.set("columns", answer.columns());
        }
        result.set("rows", answer.rows());
        result.put("truncated", answer.truncated());
        answer.updated().ifPresent(count -> result.put("updated", count));
        if (answer.truncated()) {
            result.put("note", answer.cut());
        }
        return result;
    }
}
