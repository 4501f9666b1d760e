package io.mcpserver.tool.dropin.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.api.Arg;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

/** A record, whose parts are looked at when they are first asked for, since a record may have parts of its own type. */
final class RecordShape implements Shape {

    private final Bound type;
    private final Shapes shapes;
    private List<Field> fields;
    private MethodHandle constructor;

    RecordShape(Bound type, Shapes shapes) {
        this.type = type;
        this.shapes = shapes;
    }

    @Override
    public ObjectNode schema(SchemaPath path) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        if (!path.enter(type.raw())) {
            return schema.put("description", "Another " + type.raw().getSimpleName() + ", as above.");
        }
        try {
            Field.describe(fields(), schema, path);
        } finally {
            path.leave(type.raw());
        }
        return schema;
    }

    @Override
    public Object read(JsonNode json, String where) {
        if (!(json instanceof ObjectNode object)) {
            throw Misfit.of(where, "an object", json);
        }
        Object[] values = new Object[fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields.get(i).read(object, where + ".");
        }
        try {
            return constructor.invoke(values);
        } catch (IllegalArgumentException e) {
            // What records say that check their parts.
            throw new CodedException(ErrorCode.INVALID_ARGUMENT, where + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized List<Field> fields() {
        if (fields == null) {
            RecordComponent[] components = type.raw().getRecordComponents();
            fields = Stream.of(components).map(this::field).toList();
            constructor = constructor(components);
        }
        return fields;
    }

    private Field field(RecordComponent component) {
        try {
            return Field.of(
                    component.getName(),
                    Bound.of(component.getGenericType(), type.variables()),
                    component.getAnnotation(Arg.class),
                    shapes);
        } catch (UnsupportedTypeException e) {
            throw e.within(component.getName());
        }
    }

    private MethodHandle constructor(RecordComponent[] components) {
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return MethodHandles.privateLookupIn(type.raw(), MethodHandles.lookup())
                    .findConstructor(type.raw(), MethodType.methodType(void.class, types))
                    .asFixedArity()
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw Bound.unsupported(type.inWords());
        }
    }
}
