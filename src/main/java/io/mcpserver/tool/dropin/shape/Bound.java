package io.mcpserver.tool.dropin.shape;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A type without variables.
 *
 * @param arguments of a generic type; none where they were left out
 */
record Bound(Class<?> raw, List<Bound> arguments) {

    /** Any value. */
    static final Bound ANY = new Bound(Object.class, List.of());

    /** A type as it stands in a class whose variables are bound so. */
    static Bound of(Type type, Map<TypeVariable<?>, Bound> variables) {
        return switch (type) {
            case Class<?> plain -> new Bound(plain, List.of());
            case ParameterizedType generic ->
                new Bound(
                        (Class<?>) generic.getRawType(),
                        Stream.of(generic.getActualTypeArguments())
                                .map(argument -> of(argument, variables))
                                .toList());
            case WildcardType wildcard
            when wildcard.getLowerBounds().length == 0 -> of(wildcard.getUpperBounds()[0], variables);
            case TypeVariable<?> variable when variables.containsKey(variable) -> variables.get(variable);
            default -> throw unsupported(type.getTypeName());
        };
    }

    /** The variables of the type, as its arguments bind them. */
    Map<TypeVariable<?>, Bound> variables() {
        Map<TypeVariable<?>, Bound> bound = new HashMap<>();
        TypeVariable<?>[] declared = raw.getTypeParameters();
        for (int i = 0; i < declared.length; i++) {
            bound.put(declared[i], argument(i));
        }
        return bound;
    }

    Bound argument(int index) {
        return index < arguments.size() ? arguments.get(index) : ANY;
    }

    String inWords() {
        return arguments.isEmpty()
                ? raw.getSimpleName()
                : raw.getSimpleName() + "<"
                        + String.join(
                                ", ", arguments.stream().map(Bound::inWords).toList()) + ">";
    }

    static UnsupportedTypeException unsupported(String type) {
        return new UnsupportedTypeException(
                "has the type %s, which has no JSON; use a text, a number, a boolean, an enum, a record, a date or time, byte[], List, Map<String, …> or Optional"
                        .formatted(type));
    }
}
