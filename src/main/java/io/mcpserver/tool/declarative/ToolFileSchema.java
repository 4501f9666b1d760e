package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The JSON Schema of tool files, put together from what all tools have in common and from the bodies of all kinds.
 *
 * <p>Threads: safe for any number of callers.
 */
final class ToolFileSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** JSON Schema 2020-12, in which words that it does not know are not worth a line in the log. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialect.builder(Dialects.getDraft202012())
            .unknownKeywordFactory((name, context) -> new NonValidationKeyword(name))
            .build());

    /** That there is exactly one kind is told in better words than a schema can. */
    private static final SchemaFaults FAULTS = new SchemaFaults(REGISTRY.getSchema(assembled()));

    private ToolFileSchema() {}

    /** Tells what is wrong with the form of a file. */
    static void check(JsonNode file, FileFaults faults) {
        FAULTS.check(file, "", faults);
    }

    /** As it is given to editors. */
    static ObjectNode complete() {
        ObjectNode schema = assembled();
        ArrayNode either = schema.withObject("/$defs/tool").putArray("oneOf");
        Kinds.all()
                .keySet()
                .forEach(kind -> either.addObject().putArray("required").add(kind));
        return schema;
    }

    private static ObjectNode assembled() {
        ObjectNode schema = read(ToolFileSchema.class, "file.schema.json");
        ObjectNode definitions = schema.withObject("/$defs");
        ObjectNode keys = definitions.withObject("/tool/properties");
        Kinds.all().forEach((name, kind) -> {
            ObjectNode body = read(kind.getClass(), name + ".schema.json");
            JsonNode shared = body.remove("$defs");
            if (shared != null) {
                shared.properties().forEach(one -> definitions.set(one.getKey(), one.getValue()));
            }
            definitions.set("kind_" + name, body);
            keys.putObject(name).put("$ref", "#/$defs/kind_" + name);
        });
        return schema;
    }

    private static ObjectNode read(Class<?> beside, String name) {
        try (InputStream file = beside.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("No " + name + " beside " + beside.getName());
            }
            return (ObjectNode) JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A schema of a tool or a test, whose form is known to be valid. */
    static Schema of(JsonNode schema) {
        return REGISTRY.getSchema(schema);
    }
}
