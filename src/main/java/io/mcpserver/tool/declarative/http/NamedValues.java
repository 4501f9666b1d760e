package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.Template;
import java.util.ArrayList;
import java.util.List;

/** Names with values that are filled in: a query, headers, or the fields of a form. */
record NamedValues(List<Named> all) {

    /** A name and what it stands with. */
    record Named(String name, Template value) {}

    /** A name and its text in one request. */
    record Pair(String name, String value) {}

    /** Reads the members of an object. */
    static NamedValues read(KindBody body, String pointer) {
        List<Named> all = new ArrayList<>();
        body.json()
                .at(pointer)
                .fieldNames()
                .forEachRemaining(name -> all.add(new Named(name, body.secretTemplate(pointer(pointer, name)))));
        return new NamedValues(List.copyOf(all));
    }

    static String pointer(String base, String name) {
        return base + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /**
     * The pairs of one request: a list repeats its name, what was not given is left out.
     *
     * @throws CodedException {@code INVALID_ARGUMENT} if an input is an object
     */
    List<Pair> fill(Inputs inputs) {
        List<Pair> pairs = new ArrayList<>();
        for (Named named : all) {
            add(named, named.value().fill(inputs), pairs);
        }
        return pairs;
    }

    private static void add(Named named, JsonNode value, List<Pair> pairs) {
        switch (value.getNodeType()) {
            case MISSING, NULL -> {}
            case ARRAY -> value.forEach(item -> add(named, item, pairs));
            case OBJECT ->
                throw new CodedException(
                        ErrorCode.INVALID_ARGUMENT,
                        "%s must be a text, a number or a list of them, not an object."
                                .formatted(String.join(", ", named.value().names())));
            default -> pairs.add(new Pair(named.name(), value.asText()));
        }
    }
}
