package io.mcpserver.tool.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A tool that a {@link ToolProvider} brings. Begun with {@link #named}.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ . -}
 * @param title for people
 * @param description for models: what it does and when to use it
 * @param inputSchema JSON Schema 2020-12 of an object, as text; arguments are held against it before the tool runs
 * @param outputSchema of the structured result, an object, as text
 * @param readOnly whether it changes nothing
 * @param destructive whether what it changes may be lost
 * @param idempotent whether calling it again with the same arguments changes nothing more
 * @param openWorld whether it reaches beyond this machine
 * @param timeout how long a call may take, in place of {@code performance.request_timeout}
 * @param scope what the key of the caller must have
 * @param groups by which a client chooses some of the tools
 * @param work what it does
 */
public record ToolDefinition(
        String name,
        String title,
        String description,
        String inputSchema,
        Optional<String> outputSchema,
        boolean readOnly,
        boolean destructive,
        boolean idempotent,
        boolean openWorld,
        Optional<Duration> timeout,
        Optional<String> scope,
        List<String> groups,
        Work work) {

    /** What a tool does when it is called, by any number of threads at once. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does the work; may block, and is interrupted when its time is over.
         *
         * @param arguments valid by the input schema: texts, {@code Long}s ({@code BigInteger}s beyond), {@code Double}s,
         *     {@code Boolean}s, lists, maps and nulls
         * @return as that of a method marked with {@link Tool}
         * @throws ToolError a failure that the model can act on
         * @throws Exception a defect
         */
        Object call(Map<String, Object> arguments, ToolContext context) throws Exception;
    }

    public ToolDefinition {
        Objects.requireNonNull(name, "a tool needs a name");
        Objects.requireNonNull(title, "a tool needs a title");
        Objects.requireNonNull(description, "a tool needs a description");
        Objects.requireNonNull(inputSchema, "a tool needs an input schema");
        Objects.requireNonNull(outputSchema, "without an output schema, it is empty");
        Objects.requireNonNull(timeout, "without a timeout, it is empty");
        Objects.requireNonNull(scope, "without a scope, it is empty");
        Objects.requireNonNull(work, "a tool needs something to do");
        groups = List.copyOf(groups);
    }

    /** Begins a tool that takes no arguments and may do anything, until told otherwise. */
    public static Draft named(String name) {
        return new Draft(name);
    }

    /** A tool in the making. */
    public static final class Draft {

        private final String name;
        private String title;
        private String description = "";
        private String inputSchema = "{\"type\": \"object\", \"additionalProperties\": false}";
        private Optional<String> outputSchema = Optional.empty();
        private boolean readOnly;
        private boolean destructive = true;
        private boolean idempotent;
        private boolean openWorld = true;
        private Optional<Duration> timeout = Optional.empty();
        private Optional<String> scope = Optional.empty();
        private List<String> groups = List.of();

        private Draft(String name) {
            this.name = name;
            this.title = name;
        }

        public Draft title(String words) {
            this.title = words;
            return this;
        }

        public Draft description(String words) {
            this.description = words;
            return this;
        }

        public Draft inputSchema(String json) {
            this.inputSchema = json;
            return this;
        }

        public Draft outputSchema(String json) {
            this.outputSchema = Optional.of(json);
            return this;
        }

        /** It changes nothing. */
        public Draft readOnly() {
            this.readOnly = true;
            return this;
        }

        public Draft destructive(boolean given) {
            this.destructive = given;
            return this;
        }

        public Draft idempotent(boolean given) {
            this.idempotent = given;
            return this;
        }

        public Draft openWorld(boolean given) {
            this.openWorld = given;
            return this;
        }

        public Draft timeout(Duration given) {
            this.timeout = Optional.of(given);
            return this;
        }

        public Draft scope(String given) {
            this.scope = Optional.of(given);
            return this;
        }

        public Draft groups(String... given) {
            this.groups = List.of(given);
            return this;
        }

        /** The tool. */
        public ToolDefinition does(Work work) {
            return new ToolDefinition(
                    name,
                    title,
                    description,
                    inputSchema,
                    outputSchema,
                    readOnly,
                    destructive,
                    idempotent,
                    openWorld,
                    timeout,
                    scope,
                    groups,
                    work);
        }
    }
}
