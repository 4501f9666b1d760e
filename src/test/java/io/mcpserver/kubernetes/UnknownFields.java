package io.mcpserver.kubernetes;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The fields of a typed manifest that its type does not have, which an API server would drop or refuse. */
final class UnknownFields {

    private static final String UNKNOWN = "additionalProperties";

    private final List<String> found = new ArrayList<>();

    private UnknownFields() {}

    /** Their places, such as {@code spec.template.spec.conatiners}. */
    static List<String> of(Object manifest) {
        UnknownFields fields = new UnknownFields();
        fields.look("", manifest);
        return fields.found;
    }

    private void look(String place, Object value) {
        switch (value) {
            case null -> {}
            case Collection<?> items -> items.forEach(item -> look(place, item));
            case Map<?, ?> map -> map.forEach((key, item) -> look(below(place, key), item));
            default -> {
                if (value.getClass().getName().startsWith("io.fabric8.")) {
                    lookInto(place, value);
                }
            }
        }
    }

    private void lookInto(String place, Object value) {
        for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || type.isEnum()) {
                    continue;
                }
                Object content = read(field, value);
                if (field.getName().equals(UNKNOWN) && content instanceof Map<?, ?> unknown) {
                    unknown.keySet().forEach(key -> found.add(below(place, key)));
                } else {
                    look(below(place, field.getName()), content);
                }
            }
        }
    }

    private static Object read(Field field, Object value) {
        try {
            field.setAccessible(true);
            return field.get(value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String below(String place, Object name) {
        return place.isEmpty() ? name.toString() : place + "." + name;
    }
}
