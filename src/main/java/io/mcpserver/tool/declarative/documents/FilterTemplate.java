package io.mcpserver.tool.declarative.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.FilterParser;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A filter whose values are filled in. An input is always a value to compare with, never an operator, whatever it holds;
 * a condition whose input was not given is left out, unless the server gives it: then nothing is found out without it.
 *
 * <p>Threads: safe for any number of callers.
 */
final class FilterTemplate {

    private static final String WHERE = "/where";
    private static final Set<String> GROUPS = Set.of("$and", "$or");
    private static final String NOT = "$not";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A part of the filter; puts nothing into the object where it is left out. */
    @FunctionalInterface
    private interface Part {

        void fill(Inputs inputs, ObjectNode into);
    }

    private final KindBody body;
    private final Set<String> names = new HashSet<>();

    private FilterTemplate(KindBody body) {
        this.body = body;
    }

    /** Makes the filter of a call. */
    @FunctionalInterface
    interface Filling {

        /** @throws CodedException {@code INVALID_ARGUMENT} where an input cannot be compared in this way */
        Filter filter(Inputs inputs);
    }

    /** Reads {@code where}; what is wrong with it is told. */
    static Filling read(KindBody body) {
        JsonNode where = body.json().path("where");
        if (where.isMissingNode()) {
            return inputs -> Filter.ALL;
        }
        FilterTemplate template = new FilterTemplate(body);
        Part part = template.conditions(where, WHERE);
        Optional<Filter> tried = template.tryOut(part);
        return template.names.isEmpty() && tried.isPresent()
                ? inputs -> tried.get()
                : inputs -> FilterParser.parse(filled(part, BoundInputs.needed(body, template.names, inputs)));
    }

    private static ObjectNode filled(Part part, Inputs inputs) {
        ObjectNode filter = JSON.objectNode();
        part.fill(inputs, filter);
        return filter;
    }

    /** Fills in something of the right type, to find what is wrong when the file is read rather than when it is used. */
    private Optional<Filter> tryOut(Part part) {
        SampleInputs samples = new SampleInputs(body.inputs());
        if (!samples.know(names)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FilterParser.parse(filled(part, samples)));
        } catch (CodedException e) {
            body.fault(
                    WHERE,
                    "is no filter: "
                            + e.getMessage()
                                    .replaceFirst("^('?)filter\\b", "$1where")
                                    .replaceFirst("\\.$", ""));
            return Optional.empty();
        }
    }

    private Part conditions(JsonNode object, String pointer) {
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            parts.add(condition(entry.getKey(), entry.getValue(), member(pointer, entry.getKey())));
        }
        return (inputs, into) -> parts.forEach(part -> part.fill(inputs, into));
    }

    private Part condition(String key, JsonNode value, String pointer) {
        if (GROUPS.contains(key) && value.isArray()) {
            return group(key, value, pointer);
        }
        if (key.equals(NOT) && value.isObject()) {
            return nested(key, conditions(value, pointer), value.isEmpty());
        }
        if (key.startsWith("$")) {
            body.fault(pointer, "is no condition that can be filled in; write its parts out");
            return (inputs, into) -> {};
        }
        return field(key, value, pointer);
    }

    private Part group(String key, JsonNode list, String pointer) {
        List<Part> parts = new ArrayList<>();
        List<Boolean> empty = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).isObject()) {
                body.fault(pointer + "/" + i, "must be an object of conditions; an input is never one");
            }
            empty.add(list.get(i).isEmpty());
            parts.add(conditions(list.get(i), pointer + "/" + i));
        }
        return (inputs, into) -> {
            ArrayNode filled = JSON.arrayNode();
            for (int i = 0; i < parts.size(); i++) {
                ObjectNode one = filled(parts.get(i), inputs);
                if (!one.isEmpty() || empty.get(i)) {
                    filled.add(one);
                }
            }
            if (!filled.isEmpty() || parts.isEmpty()) {
                into.set(key, filled);
            }
        };
    }

    private Part field(String key, JsonNode value, String pointer) {
        boolean operators = value.isObject()
                && value.propertyStream().anyMatch(one -> one.getKey().startsWith("$"));
        if (!operators) {
            return compared(key, template(pointer));
        }
        return nested(key, operators(value, pointer), false);
    }

    private Part operators(JsonNode object, String pointer) {
        List<Part> parts = new ArrayList<>();
        object.properties()
                .forEach(one -> parts.add(operator(one.getKey(), one.getValue(), member(pointer, one.getKey()))));
        return (inputs, into) -> parts.forEach(part -> part.fill(inputs, into));
    }

    private Part operator(String key, JsonNode value, String pointer) {
        if (!key.equals(NOT)) {
            return operand(key, template(pointer));
        }
        if (!value.isObject()) {
            body.fault(pointer, "must be an object of operators, such as {$in: \"${tags}\"}; an input is never one");
            return (inputs, into) -> {};
        }
        return nested(NOT, operators(value, pointer), value.isEmpty());
    }

    private static Part nested(String key, Part inner, boolean mayBeEmpty) {
        return (inputs, into) -> {
            ObjectNode filled = filled(inner, inputs);
            if (!filled.isEmpty() || mayBeEmpty) {
                into.set(key, filled);
            }
        };
    }

    /** An object that is filled in could look like operators, and is not read as such. */
    private static Part compared(String key, Template template) {
        return (inputs, into) -> {
            JsonNode value = template.fill(inputs);
            if (value.isObject() && !template.isFixed()) {
                into.putObject(key).set("$eq", value);
            } else if (!value.isMissingNode()) {
                into.set(key, value);
            }
        };
    }

    private static Part operand(String key, Template template) {
        return (inputs, into) -> {
            JsonNode value = template.fill(inputs);
            if (!value.isMissingNode()) {
                into.set(key, value);
            }
        };
    }

    private Template template(String pointer) {
        Template template = body.template(pointer);
        BoundInputs.check(body, pointer, template.names());
        names.addAll(template.names());
        return template;
    }

    private static String member(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
