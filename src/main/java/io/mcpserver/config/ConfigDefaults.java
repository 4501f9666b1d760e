package io.mcpserver.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The defaults of the schema as values. */
final class ConfigDefaults {

    private ConfigDefaults() {}

    /** The value of a key that nobody set; empty if the schema gives no literal. */
    static Optional<Object> value(KeySchema key, Place place) {
        return key.defaultValue().map(value -> {
            List<Problem> problems = new ArrayList<>();
            Optional<Object> checked = new ValueCheck(problems).check(key, located(value, place));
            return checked.orElseThrow(() -> new IllegalStateException("the default of " + key.path() + " is wrong: "
                    + problems.getFirst().message()));
        });
    }

    private static Located located(Object value, Place place) {
        return switch (value) {
            case List<?> list ->
                new Located(
                        list.stream().map(item -> located(item, place)).toList(), Located.Shape.LIST, "a list", place);
            case Boolean flag -> new Located(flag, Located.Shape.BOOLEAN, flag.toString(), place);
            case Double number -> new Located(number, Located.Shape.NUMBER, number.toString(), place);
            case Number number -> new Located(number.longValue(), Located.Shape.NUMBER, number.toString(), place);
            default -> Located.text(value.toString(), place);
        };
    }
}
