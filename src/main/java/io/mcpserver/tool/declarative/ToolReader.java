package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolDraft;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.file.Surroundings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a tool of its definition, or tells everything that is wrong with it. */
final class ToolReader {

    private static final int VERSION_BYTES = 8;

    private final FileFaults faults;
    private final Surroundings surroundings;
    private final Map<String, ToolKind> kinds;

    ToolReader(FileFaults faults, Surroundings surroundings) {
        this(faults, surroundings, Kinds.all());
    }

    /** @param kinds that there are, by name */
    ToolReader(FileFaults faults, Surroundings surroundings, Map<String, ToolKind> kinds) {
        this.faults = faults;
        this.surroundings = surroundings;
        this.kinds = kinds;
    }

    /**
     * The tool; empty where something is wrong. Of a file that is known to be good, it has no version.
     *
     * @param definition of a valid form
     */
    Optional<ToolSpec> read(ObjectNode definition, String pointer) {
        int before = faults.errors();
        String name = definition.path("name").asText();
        DeclaredInputs inputs = new InputsReader(name, faults, surroundings).read(definition, pointer);
        Optional<ObjectNode> output = output(definition, pointer);
        Optional<ToolKind> kind = kind(definition, pointer, faults, kinds);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        String member = FileTree.member(pointer, kind.get().name());
        KindSection body = new KindSection(
                name,
                definition.get(kind.get().name()),
                member,
                inputs,
                PolicyReader.timeout(definition),
                output,
                surroundings,
                faults);
        Optional<KindHandler> handler = kind.get().handler(body, surroundings);
        Hints hints = hints(definition.path("annotations"), kind.get(), body);
        ToolPolicy policy =
                new PolicyReader(faults).read(definition, pointer, kind.get(), body, hints.readOnly(), inputs);
        if (handler.isEmpty() || faults.errors() > before) {
            return Optional.empty();
        }
        ToolDraft draft = ToolSpec.named(name)
                .title(definition.path("title").asText(name))
                .description(definition.path("description").asText().strip())
                .input(inputs.visible())
                .hints(hints)
                .policy(policy)
                .icons(PolicyReader.icons(definition.path("icons")))
                .version(faults.isKnownGood() ? "" : version(definition));
        output.ifPresent(draft::output);
        DeclaredTool work =
                new DeclaredTool(kind.get().name(), kind.get().runsPrograms(), inputs, handler.get(), surroundings);
        return Optional.of(kind.get().computes() ? draft.computes(work) : draft.blocks(work));
    }

    private Optional<ObjectNode> output(ObjectNode definition, String pointer) {
        String at = FileTree.member(pointer, "output");
        if (!(definition.get("output") instanceof ObjectNode schema) || !SchemaCheck.valid(schema, at, faults)) {
            return Optional.empty();
        }
        if (!schema.path("type").asText().equals("object")) {
            faults.error(FileTree.member(at, "type"), "must be object, since a structured result is one");
        }
        return Optional.of(schema);
    }

    /** The one kind of a tool; tells where there is none, or more than one. */
    static Optional<ToolKind> kind(
            ObjectNode definition, String pointer, FileFaults faults, Map<String, ToolKind> kinds) {
        List<String> given = kinds.keySet().stream().filter(definition::has).toList();
        if (given.size() == 1) {
            return Optional.of(kinds.get(given.getFirst()));
        }
        String all = String.join(", ", kinds.keySet());
        if (given.isEmpty()) {
            faults.error(pointer, "does not say what the tool does; it needs one of " + all);
        } else {
            faults.error(
                    FileTree.member(pointer, given.get(1)),
                    "cannot stand beside " + given.getFirst() + ": a tool does one thing, one of " + all);
        }
        return Optional.empty();
    }

    private static Hints hints(JsonNode annotations, ToolKind kind, KindBody body) {
        boolean reads = annotations.path("read_only").asBoolean(kind.readsOnly(body));
        Hints usual = reads ? Hints.READS : Hints.ANYTHING;
        return new Hints(
                reads,
                annotations.path("destructive").asBoolean(usual.destructive()),
                annotations.path("idempotent").asBoolean(usual.idempotent()),
                annotations.path("open_world").asBoolean(usual.openWorld() || kind.reachesOut()));
    }

    /** Another for every change of the definition. */
    private static String version(ObjectNode definition) {
        ObjectNode untested = definition.deepCopy();
        untested.remove("tests");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(untested.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
