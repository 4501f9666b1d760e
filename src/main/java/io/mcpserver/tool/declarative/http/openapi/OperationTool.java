package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a tool of one operation. */
final class OperationTool {

    /** Statuses of a success, one of them or all. */
    static final String SUCCESS = "2[0-9X]{2}";

    private static final Set<String> OURS = Set.of("accept", "content-type", "authorization", "host", "content-length");

    private final Spec spec;
    private final Operation operation;
    private final Warnings warnings;
    private final Schemas schemas;
    private final Examples examples;
    private final ToolInputs inputs = new ToolInputs();
    private final Map<String, String> path = new HashMap<>();
    private final ObjectNode http = JsonNodeFactory.instance.objectNode();

    OperationTool(Spec spec, Operation operation, Warnings warnings) {
        this.spec = spec;
        this.operation = operation;
        this.warnings = warnings;
        this.schemas = Schemas.ofRequests(spec, warnings);
        this.examples = new Examples(spec);
    }

    /** The tool; empty where a warning says why there is none. */
    Optional<ObjectNode> make(String name, String base, Credentials credentials) {
        http.put("method", operation.method()).put("url", "");
        for (JsonNode parameter : parameters()) {
            if (!add(parameter)) {
                return Optional.empty();
            }
        }
        if (!path.keySet().containsAll(names(operation.path()))) {
            warnings.add("its path has a parameter that is not described; no tool is made");
            return Optional.empty();
        }
        Optional<String> fault = new RequestContent(spec, schemas, examples, inputs, http, warnings)
                .add(spec.follow(operation.json().path("requestBody")), operation.method());
        if (fault.isPresent()) {
            warnings.add(fault.get() + "; no tool is made");
            return Optional.empty();
        }
        http.put("url", base + PathText.template(operation.path(), path));
        credentials.add(operation.json(), http);
        JsonNode answer = answer();
        String format = format(answer);
        if (!format.equals("json")) {
            http.withObject("/response").put("format", format);
        }
        return Optional.of(tool(name, answer));
    }

    private ObjectNode tool(String name, JsonNode answer) {
        ObjectNode tool = JsonNodeFactory.instance.objectNode().put("name", name);
        String title = Words.line(operation.json().path("summary").asText(""), 180);
        if (!title.isEmpty()) {
            tool.put("title", title);
        }
        tool.put("description", operation.description());
        if (!inputs.isEmpty()) {
            tool.set("input_schema", inputs.schema());
        }
        if (!operation.method().equals("HEAD")) {
            new ToolOutput(spec, Schemas.ofAnswers(spec, warnings), examples, warnings)
                    .of(operation.json().path("responses"))
                    .ifPresent(output -> tool.set("output", output));
        }
        tool.set("http", http);
        if (operation.method().equals("GET")) {
            ObjectNode test = examples.test(inputs.example(), json(answer).orElse(MissingNode.getInstance()));
            if (test != null) {
                tool.withArray("/tests").add(test);
            }
        }
        return tool;
    }

    /** Those of the path, and those of the operation, which come before. */
    private List<JsonNode> parameters() {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        for (JsonNode place : List.of(operation.item(), operation.json())) {
            for (JsonNode written : place.path("parameters")) {
                JsonNode parameter = spec.follow(written);
                if (parameter.path("name").isTextual()) {
                    all.put(
                            parameter.path("in").asText() + " "
                                    + parameter.path("name").asText(),
                            parameter);
                } else {
                    warnings.add("a parameter cannot be read and is left out");
                }
            }
        }
        return new ArrayList<>(all.values());
    }

    private boolean add(JsonNode parameter) {
        String name = parameter.path("name").asText();
        String in = parameter.path("in").asText();
        boolean needed = in.equals("path") || parameter.path("required").asBoolean();
        if (in.equals("header") && OURS.contains(name.toLowerCase(Locale.ROOT))) {
            return true;
        }
        ObjectNode schema = schemas.of(parameter.path("schema"));
        boolean known = Set.of("path", "query", "header").contains(in);
        boolean object = schema.path("type").asText().equals("object") || schema.has("properties");
        if (!known || object || parameter.has("content") || !name.matches("(?!.*\\$\\{)[^\\p{Cntrl}]{1,100}")) {
            warnings.add("the parameter %s (%s) cannot be taken over%s"
                    .formatted(name, in, needed ? "; no tool is made" : ""));
            return !needed;
        }
        if (parameter.path("description").isTextual() && !schema.has("description")) {
            schema.put("description", Words.cut(parameter.path("description").textValue(), 1_000));
        }
        String style = parameter.path("style").asText("form");
        boolean joined = parameter.has("explode") && !parameter.path("explode").asBoolean();
        if (in.equals("query") && schema.path("type").asText().equals("array") && (joined || !style.equals("form"))) {
            warnings.add("the list %s is sent by repeating its name".formatted(name));
        }
        String input = inputs.add(name, schema, needed, examples.of(parameter));
        switch (in) {
            case "path" -> path.put(name, input);
            case "query" -> http.withObject("/query").put(name, "${" + input + "}");
            default -> http.withObject("/headers").put(name, "${" + input + "}");
        }
        return true;
    }

    private static Set<String> names(String path) {
        Set<String> names = new java.util.HashSet<>();
        java.util.regex.Pattern.compile("\\{([^{}/]+)}")
                .matcher(path)
                .results()
                .forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** The contents of the first answer that is a success. */
    private JsonNode answer() {
        JsonNode responses = operation.json().path("responses");
        for (Map.Entry<String, JsonNode> response : responses.properties()) {
            if (response.getKey().matches(SUCCESS)) {
                return spec.follow(response.getValue()).path("content");
            }
        }
        return spec.follow(responses.path("default")).path("content");
    }

    private static String format(JsonNode contents) {
        return contents.isEmpty() || json(contents).isPresent() ? "json" : "auto";
    }

    static Optional<JsonNode> json(JsonNode contents) {
        return contents.properties().stream()
                .filter(content -> content.getKey().matches("(?i)application/json.*|[^;]+\\+json.*|\\*/\\*"))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
