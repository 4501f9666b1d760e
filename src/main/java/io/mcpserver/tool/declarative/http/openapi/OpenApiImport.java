package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a tool file of an OpenAPI description. */
public final class OpenApiImport {

    private static final int MOST_TOOLS = 1_000;
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head");
    private static final Set<String> OTHER_METHODS = Set.of("options", "trace", "connect");

    private final Spec spec;
    private final ImportOptions options;
    private final Warnings warnings = new Warnings();
    private final Set<String> names = new HashSet<>();
    private final Servers servers;
    private final Credentials credentials;
    private final ToolFileText text;

    private OpenApiImport(Spec spec, ImportOptions options) {
        String title = spec.root().path("info").path("title").asText("API");
        this.spec = spec;
        this.options = options;
        this.servers = new Servers(spec, options.baseUrl());
        this.credentials =
                new Credentials(spec, options.prefix().isEmpty() ? Words.line(title, 30) : options.prefix(), warnings);
        this.text =
                new ToolFileText(title, spec.root().path("info").path("version").asText(""));
    }

    /**
     * Reads a description and makes the file.
     *
     * @throws UnusableSpec if no file can be made of it
     */
    public static ImportedFile of(byte[] description, ImportOptions options) throws UnusableSpec {
        return new OpenApiImport(new Spec(SpecText.read(description)), options).run();
    }

    private ImportedFile run() throws UnusableSpec {
        ArrayNode tools = JsonNodeFactory.instance.arrayNode();
        for (Operation operation : operations()) {
            String name = Words.snake(options.prefix());
            name = (name.isEmpty() ? "" : name + "_") + operation.name();
            if (!options.wants(name, operation.id(), operation.path())) {
                continue;
            }
            if (tools.size() == MOST_TOOLS) {
                throw new UnusableSpec(
                        "has more than %,d operations; choose some with --include".formatted(MOST_TOOLS));
            }
            warnings.about(operation.shown());
            tool(operation, Words.unique(name, names)).ifPresent(tools::add);
        }
        warnings.about("");
        if (tools.isEmpty()) {
            throw new UnusableSpec("has no operation of which a tool could be made"
                    + (options.include().isEmpty() ? "" : "; does --include leave all out?"));
        }
        String yaml = text.of(tools, credentials.variables());
        if (ToolFileText.isTooLarge(yaml)) {
            tools.forEach(tool -> ((ObjectNode) tool).remove("output"));
            warnings.add("no tool has an output, since the file would be too large with them");
            yaml = text.of(tools, credentials.variables());
        }
        return new ImportedFile(
                ToolFileText.checked(yaml),
                tools.size(),
                List.copyOf(credentials.variables().keySet()),
                warnings.all());
    }

    private Optional<ObjectNode> tool(Operation operation, String name) throws UnusableSpec {
        String base = servers.base(operation.json(), operation.item());
        Optional<ObjectNode> tool = new OperationTool(spec, operation, warnings).make(name, base, credentials);
        Optional<String> fault = tool.flatMap(ToolFileText::fault);
        if (fault.isPresent() && tool.get().remove("output") != null) {
            warnings.add("it has no output, since that would be wrong: " + fault.get());
            fault = tool.flatMap(ToolFileText::fault);
        }
        fault.ifPresent(words -> warnings.add("no tool is made, since it would be wrong: " + words));
        return fault.isPresent() ? Optional.empty() : tool;
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : spec.root().path("paths").properties()) {
            JsonNode item = spec.follow(path.getValue());
            warnings.about(path.getKey());
            if (!path.getKey().startsWith("/")) {
                warnings.add("is no path; it is left out");
                continue;
            }
            item.properties().forEach(member -> {
                String method = member.getKey();
                if (METHODS.contains(method) && member.getValue().isObject()) {
                    operations.add(new Operation(
                            method.toUpperCase(java.util.Locale.ROOT), path.getKey(), item, member.getValue()));
                } else if (OTHER_METHODS.contains(method)) {
                    warnings.add("the method %s is left out".formatted(method));
                }
            });
        }
        return operations;
    }
}
