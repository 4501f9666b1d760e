package io.mcpserver.tool.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds the arguments of calls against one tool's input schema.
 *
 * <p>Threads: safe for any number of callers.
 */
public final class ArgumentCheck {

    private static final int FAULTS_TOLD = 5;
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, BoundedPattern::use);
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private final String tool;
    private final ObjectNode inputSchema;
    private final Schema schema;
    private final Optional<PlainSchema> plain;

    public ArgumentCheck(String tool, ObjectNode inputSchema) {
        this.tool = tool;
        this.inputSchema = inputSchema;
        this.schema = schema(inputSchema);
        this.plain = PlainSchema.of(inputSchema);
    }

    /** A schema made ready for {@link BoundedPattern#validate}. */
    static Schema schema(ObjectNode json) {
        return REGISTRY.getSchema(json);
    }

    /**
     * The arguments as an object, valid. An optional argument that is null counts as left out, since
     * models like to say so.
     *
     * @throws CodedException {@code INVALID_ARGUMENT}, naming each fault and the nearest known name of
     *     an unknown argument, or the pattern that cannot be held against what was given in reasonable time
     */
    public ObjectNode check(Map<String, Object> arguments) {
        ObjectNode given = ArgumentTree.of(arguments);
        given.properties().removeIf(argument -> argument.getValue().isNull() && !required(argument.getKey()));
        List<Error> errors = errors(given);
        if (!errors.isEmpty()) {
            throw new CodedException(ErrorCode.INVALID_ARGUMENT, tell(given, errors));
        }
        return given;
    }

    private List<Error> errors(ObjectNode given) {
        if (plain.isPresent() && plain.get().surelyAllows(given)) {
            return List.of();
        }
        try {
            return BoundedPattern.validate(schema, given);
        } catch (PatternTooHard e) {
            throw new CodedException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The arguments of %s cannot be checked: %s; give a shorter text.".formatted(tool, e.getMessage()),
                    e);
        }
    }

    /** Arguments that were found valid, as a record whose components bear their names. */
    <A> A read(ObjectNode arguments, Class<A> type) {
        try {
            return JSON.treeToValue(arguments, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The schema of " + tool + " lets through what its record does not take.", e);
        }
    }

    private boolean required(String argument) {
        for (JsonNode name : inputSchema.path("required")) {
            if (name.asText().equals(argument)) {
                return true;
            }
        }
        return false;
    }

    private String tell(JsonNode given, List<Error> errors) {
        String faults = errors.stream()
                .limit(FAULTS_TOLD)
                .map(error -> ArgumentFault.tell(tool, inputSchema, given, error))
                .distinct()
                .collect(Collectors.joining(" "));
        return errors.size() > FAULTS_TOLD
                ? faults + " There are " + (errors.size() - FAULTS_TOLD) + " more faults."
                : faults;
    }
}
