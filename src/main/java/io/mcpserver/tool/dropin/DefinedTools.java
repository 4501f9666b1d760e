package io.mcpserver.tool.dropin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mcpserver.tool.ToolDraft;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.api.ToolDefinition;
import io.mcpserver.tool.api.ToolProvider;
import java.time.Duration;
import java.util.List;

/** The tools that a provider defined. For the thread that loads its file. */
final class DefinedTools {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final FoundTools found;

    DefinedTools(FoundTools found) {
        this.found = found;
    }

    /** Adds the tools of a provider to what was found, or what is wrong with them to the faults. */
    void add(ToolProvider provider) {
        try {
            List<ToolDefinition> definitions = AuthorCode.run(found.loader(), () -> List.copyOf(provider.tools()));
            definitions.forEach(this::add);
        } catch (AuthorFailure | RuntimeException | InterruptedException e) {
            found.faults()
                    .error(0, provider.getClass().getName(), "its tools could not be asked for: " + e.getMessage());
        }
    }

    private void add(ToolDefinition given) {
        try {
            ToolDraft draft = ToolSpec.named(given.name())
                    .title(given.title())
                    .description(given.description().strip())
                    .version(found.version())
                    .hints(ToolSettings.hints(
                            given.readOnly(), given.destructive(), given.idempotent(), given.openWorld()))
                    .policy(ToolSettings.policy(given))
                    .input(schema("input schema", given.inputSchema()));
            given.outputSchema().ifPresent(text -> draft.output(schema("output schema", text)));
            if (given.description().isBlank()) {
                throw new IllegalArgumentException("needs a description: what it does and when to use it");
            }
            AuthorTool tool = new AuthorTool(
                    given.name(),
                    found.threads(),
                    found.surroundings(),
                    given.timeout().map(Duration::toSeconds).orElse(0L),
                    Object.class);
            found.add(draft.blocks(tool.work(given.work())), 0);
        } catch (IllegalArgumentException e) {
            found.faults().error(0, given.name(), e.getMessage());
        }
    }

    private static ObjectNode schema(String what, String text) {
        try {
            if (!(JSON.readTree(text) instanceof ObjectNode schema)
                    || !schema.path("type").asText().equals("object")) {
                throw new IllegalArgumentException(
                        "its %s must be a JSON Schema with \"type\": \"object\"".formatted(what));
            }
            List<Error> errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(SchemaLocation.of(DIALECT))
                    .validate(schema);
            if (!errors.isEmpty()) {
                throw new IllegalArgumentException(
                        "its %s is no JSON Schema 2020-12: %s".formatted(what, errors.getFirst()));
            }
            return schema;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("its %s is no JSON: %s".formatted(what, e.getOriginalMessage()));
        }
    }
}
