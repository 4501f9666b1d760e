package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Compares JSON as people read it: 1 and 1.0 are the same number. */
final class SameJson {

    private SameJson() {}

    static boolean same(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.isArray() && b.isArray()) {
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return a.size() == b.size();
        }
        if (a.isObject() && b.isObject()) {
            return a.size() == b.size()
                    && a.propertyStream()
                            .allMatch(one -> b.has(one.getKey()) && same(one.getValue(), b.get(one.getKey())));
        }
        return a.equals(b);
    }

    /**
     * Where a value lacks something that is expected of it; members and items that are not named may be anything.
     *
     * @param at how the place is called
     */
    static Optional<String> lacking(JsonNode expected, JsonNode value, String at) {
        if (expected.isObject() && value.isObject()) {
            return expected.propertyStream()
                    .map(one -> lacking(one.getValue(), value.path(one.getKey()), at + "." + one.getKey()))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (expected.isArray() && value.isArray() && expected.size() <= value.size()) {
            for (int i = 0; i < expected.size(); i++) {
                Optional<String> lacks = lacking(expected.get(i), value.get(i), at + "[" + i + "]");
                if (lacks.isPresent()) {
                    return lacks;
                }
            }
            return Optional.empty();
        }
        return same(expected, value)
                ? Optional.empty()
                : Optional.of("expected %s to be %s, but it is %s"
                        .formatted(at, Expectation.show(expected), Expectation.show(value)));
    }
}
