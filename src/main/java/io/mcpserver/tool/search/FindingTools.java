package io.mcpserver.tool.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.NearestName;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ResultBudget;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.catalog.ToolOffering;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The tools {@code tools_search} and {@code tools_call}, by which a model finds and calls all others. */
@Singleton
class FindingTools implements ToolProvider {

    private static final int DEFAULT_LIMIT = 5;

    private final ToolIndex index;
    private final Instance<ToolOffering> offering;
    private final LiveConfig config;

    FindingTools(ToolIndex index, Instance<ToolOffering> offering, LiveConfig config) {
        this.index = index;
        this.offering = offering;
        this.config = config;
    }

    public record Question(String query, Optional<Integer> limit) {}

    @Override
    public List<ToolSpec> tools() {
        return List.of(
                ToolSpec.named(ToolOffering.SEARCH)
                        .title("Search tools")
                        .description("""
                            Finds the tools of this server by what they do, best first; it has many more than are \
                            listed. Say in your own words what you want to do. Each tool comes with the schema of its \
                            arguments; call it with tools_call. Example: {"query": "send a message to a customer", \
                            "limit": 3}.""")
                        .hints(Hints.READS)
                        .schemas(ToolSchemas.of(ToolOffering.SEARCH))
                        .blocks(this::search),
                ToolSpec.named(ToolOffering.CALL)
                        .title("Call a tool")
                        .description("""
                            Calls a tool that tools_search found, by its name and with arguments that fit its \
                            inputSchema, and answers what that tool answers. Example: {"name": "calculator_add", \
                            "arguments": {"a": 1, "b": 2}}.""")
                        .input(ToolSchemas.of(ToolOffering.CALL).input())
                        .computes(this::refuse));
    }

    private ToolResult search(ToolCall call) throws InterruptedException {
        Question question = call.arguments(Question.class);
        List<ToolSpec> offered = offering.get().offered(call.caller());
        List<ToolSpec> found = index.find(question.query(), offered);
        List<ToolSpec> best = found.subList(0, Math.min(question.limit().orElse(DEFAULT_LIMIT), found.size()));
        ResultBudget budget = new ResultBudget(config.now().tools().maxResultBytes());
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode tools = result.putArray("tools");
        for (ToolSpec tool : best) {
            ObjectNode json = json(tool);
            if (budget.take(json)) {
                tools.add(json);
            }
        }
        if (best.isEmpty()) {
            result.put(
                    "note",
                    "None of the %d tools fits; say in other words what is to be done.".formatted(offered.size()));
        } else if (tools.size() < best.size()) {
            result.put(
                    "note",
                    "%d more did not fit into tools.max_result_bytes; ask for something more special."
                            .formatted(best.size() - tools.size()));
        }
        return ToolResult.of(result);
    }

    private static ObjectNode json(ToolSpec tool) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", tool.name()).put("title", tool.title()).put("description", tool.description());
        json.set("inputSchema", tool.inputSchema());
        return json;
    }

    /** Reached only where there is no such tool: calls of those that there are go to them. */
    private ToolResult refuse(ToolCall call) {
        String name = call.arguments().path("name").asText();
        List<String> names = offering.get().offered(call.caller()).stream()
                .map(ToolSpec::name)
                .toList();
        throw new CodedException(
                ErrorCode.NOT_FOUND,
                "There is no tool \"%s\"%s tools_search finds those that there are."
                        .formatted(
                                name,
                                NearestName.of(name, names)
                                        .map(nearest -> "; did you mean \"" + nearest + "\"?")
                                        .orElse(".")));
    }
}
