package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that what a file gives as a JSON Schema is one: valid by JSON Schema 2020-12, and complete in itself. */
final class SchemaCheck {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    /** Read when the first schema is checked. */
    private static final class Meta {

        static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(DIALECT));
    }

    private SchemaCheck() {}

    /** Tells what is wrong with a schema; true where nothing is. */
    static boolean valid(JsonNode schema, String pointer, FileFaults faults) {
        if (faults.isKnownGood()) {
            return true;
        }
        int before = faults.errors();
        references(schema, pointer, faults);
        Set<String> told = new HashSet<>();
        for (Error error : Meta.SCHEMA.validate(schema)) {
            String at = pointer + SchemaFaults.pointer(error.getInstanceLocation());
            if (told.add(at)) {
                faults.error(at, "is not valid JSON Schema: " + words(error));
            }
        }
        if (faults.errors() == before) {
            try {
                ToolFileSchema.of(schema).initializeValidators();
            } catch (RuntimeException e) {
                faults.error(pointer, "is not valid JSON Schema: " + Shown.plain(String.valueOf(e.getMessage())));
            }
        }
        return faults.errors() == before;
    }

    private static String words(Error error) {
        boolean type = error.getInstanceLocation().getNameCount() > 0
                && "type"
                        .equals(error.getInstanceLocation()
                                .getElement(-1 + error.getInstanceLocation().getNameCount()));
        return type
                ? "type must be one of string, integer, number, boolean, array, object, null, but is "
                        + Shown.value(error.getInstanceNode())
                : Shown.cut(error.getMessage(), 200);
    }

    /** What would make a schema depend on something else than its text. */
    private static void references(JsonNode schema, String pointer, FileFaults faults) {
        for (String keyword : List.of("$ref", "$dynamicRef")) {
            JsonNode reference = schema.path(keyword);
            if (reference.isTextual() && !reference.textValue().startsWith("#")) {
                faults.error(
                        FileTree.member(pointer, keyword),
                        "must begin with #: a schema of another file or of the network is not read");
            }
        }
        if (schema.path("$id").isTextual()) {
            faults.error(FileTree.member(pointer, "$id"), "cannot be given a name here; remove it");
        }
        if (schema.path("$schema").isTextual()
                && !schema.path("$schema").textValue().equals(DIALECT)) {
            faults.error(FileTree.member(pointer, "$schema"), "must be " + DIALECT + "; or remove it");
        }
        if (schema.isObject()) {
            schema.properties()
                    .forEach(
                            member -> references(member.getValue(), FileTree.member(pointer, member.getKey()), faults));
        } else if (schema.isArray()) {
            for (int i = 0; i < schema.size(); i++) {
                references(schema.get(i), pointer + "/" + i, faults);
            }
        }
    }
}
