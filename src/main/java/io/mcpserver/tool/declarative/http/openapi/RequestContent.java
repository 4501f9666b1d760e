package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** Adds the content of a request to a tool: the members of an object become inputs, anything else becomes one. */
record RequestContent(
        Spec spec, Schemas schemas, Examples examples, ToolInputs inputs, ObjectNode http, Warnings warnings) {

    private static final int MOST_MEMBERS = 40;
    private static final String FORM = "application/x-www-form-urlencoded";

    /** Why the operation cannot be a tool; empty where it can. */
    Optional<String> add(JsonNode body, String method) {
        JsonNode contents = body.path("content");
        if (contents.isEmpty()) {
            return Optional.empty();
        }
        boolean needed = body.path("required").asBoolean();
        if (Set.of("GET", "HEAD").contains(method)) {
            warnings.add("its content is left out, since it is sent with " + method);
            return Optional.empty();
        }
        Optional<JsonNode> json = OperationTool.json(contents);
        if (json.isPresent()) {
            add(json.get(), needed, "body");
            return Optional.empty();
        }
        if (contents.has(FORM)) {
            return form(contents.path(FORM), needed);
        }
        if (contents.has("text/plain")) {
            http.put("text", "${" + whole(contents.path("text/plain"), needed) + "}");
            return Optional.empty();
        }
        String type = contents.fieldNames().next();
        if (needed) {
            return Optional.of("its content %s cannot be sent".formatted(type));
        }
        warnings.add("its content %s is left out".formatted(type));
        return Optional.empty();
    }

    private Optional<String> form(JsonNode content, boolean needed) {
        ObjectNode schema = schemas.of(content.path("schema"));
        if (!isOpen(schema)) {
            return needed ? Optional.of("its form has no fields that are described") : Optional.empty();
        }
        add(content, needed, "form");
        return Optional.empty();
    }

    private void add(JsonNode content, boolean needed, String key) {
        ObjectNode schema = schemas.of(content.path("schema"));
        if (!isOpen(schema)) {
            http.put(key, "${" + whole(content, needed) + "}");
            return;
        }
        ObjectNode members = http.putObject(key);
        JsonNode example = examples.of(content);
        String required = schema.path("required").toString();
        schema.path("properties").properties().forEach(member -> {
            String name = member.getKey();
            boolean must = needed && required.contains("\"" + name + "\"");
            String input = inputs.add(name, (ObjectNode) member.getValue(), must, example.path(name));
            members.put(name, "${" + input + "}");
        });
    }

    /** Whether its members can be inputs of their own. */
    private static boolean isOpen(ObjectNode schema) {
        JsonNode members = schema.path("properties");
        boolean plain = !schema.has("allOf") && !schema.has("anyOf") && !schema.has("oneOf") && !schema.has("not");
        boolean more = schema.path("additionalProperties").isObject();
        boolean[] named = {true};
        members.fieldNames()
                .forEachRemaining(name -> named[0] &= name.matches("(?!.*\\$\\{)[^\\p{Cntrl}\"\\\\]{1,100}"));
        return plain && !more && named[0] && !members.isEmpty() && members.size() <= MOST_MEMBERS;
    }

    private String whole(JsonNode content, boolean needed) {
        ObjectNode schema = schemas.of(content.path("schema"));
        return inputs.add("body", schema, needed, examples.of(content));
    }
}
