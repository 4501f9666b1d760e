package io.mcpserver.storage.lancedb;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.FieldPath.Property;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.lancedb.dataset.FirstPlane;
import io.mcpserver.storage.lancedb.dataset.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Lance can leave out of a scan for a filter: an SQL condition that holds for every document that the filter selects,
 * and for others too. What a filter means is decided in Java, on what is left.
 */
final class Prefilter {

    private static final int VALUES = 100;

    private Prefilter() {}

    /** The condition for a filter on the live documents of a collection. */
    static String of(String collection, Filter filter) {
        String live = Columns.COLLECTION + " = " + Sql.text(collection) + " AND " + Columns.LIVE;
        return needed(collection, filter)
                .map(condition -> live + " AND " + condition)
                .orElse(live);
    }

    /** What a filter looks at. */
    static Stream<FieldPath> paths(Filter filter) {
        return switch (filter) {
            case Filter.And and -> and.all().stream().flatMap(Prefilter::paths);
            case Filter.Or or -> or.any().stream().flatMap(Prefilter::paths);
            case Filter.Not not -> paths(not.filter());
            case Filter.Exists exists -> Stream.of(FieldPath.parse(exists.path()));
            case Filter.In in -> Stream.of(FieldPath.parse(in.path()));
            case Filter.Compare compare -> Stream.of(FieldPath.parse(compare.path()));
        };
    }

    private static Optional<String> needed(String collection, Filter filter) {
        return switch (filter) {
            case Filter.And and -> {
                List<String> all = and.all().stream()
                        .flatMap(one -> needed(collection, one).stream())
                        .toList();
                yield all.isEmpty() ? Optional.empty() : Optional.of(String.join(" AND ", all));
            }
            case Filter.Or or -> any(or.any(), one -> needed(collection, one));
            case Filter.Not not -> Optional.empty();
            case Filter.Exists exists -> Optional.empty();
            case Filter.In in -> any(in.values(), value -> equal(collection, FieldPath.parse(in.path()), value));
            case Filter.Compare compare -> compare(collection, compare);
        };
    }

    /** A condition that one of several must meet, if there is one for each. */
    private static <T> Optional<String> any(List<T> alternatives, Function<T, Optional<String>> condition) {
        if (alternatives.isEmpty() || alternatives.size() > VALUES) {
            return Optional.empty();
        }
        List<String> conditions = new ArrayList<>();
        for (T alternative : alternatives) {
            Optional<String> one = condition.apply(alternative);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            conditions.add(one.get());
        }
        return Optional.of(conditions.stream().collect(Collectors.joining(" OR ", "(", ")")));
    }

    private static Optional<String> compare(String collection, Filter.Compare compare) {
        FieldPath path = FieldPath.parse(compare.path());
        return switch (compare.operator()) {
            case EQ -> equal(collection, path, compare.value());
            case GT -> ordered(path, ">", compare.value());
            case GTE -> ordered(path, ">=", compare.value());
            case LT -> ordered(path, "<", compare.value());
            case LTE -> ordered(path, "<=", compare.value());
            case CONTAINS -> Optional.empty();
        };
    }

    private static Optional<String> equal(String collection, FieldPath path, JsonNode value) {
        if (path.property().isPresent()) {
            boolean id = path.property().get() == Property.ID;
            return id && value.isTextual()
                    ? Optional.of("(" + Columns.KEY + " = " + Sql.text(Keys.of(collection, value.textValue())) + ")")
                    : ordered(path, "=", value);
        }
        // The string stands in the content as DocumentJson wrote it.
        return value.isTextual() && FirstPlane.holds(value.textValue())
                ? Optional.of("contains(" + Columns.CONTENT + ", " + Sql.text(value.toString()) + ")")
                : Optional.empty();
    }

    private static Optional<String> ordered(FieldPath path, String operator, JsonNode value) {
        Optional<String> column = path.property().flatMap(Prefilter::column);
        JsonNode operand = path.operand(value);
        return operand.isIntegralNumber() && operand.canConvertToLong()
                ? column.map(name -> name + " " + operator + " " + operand.longValue())
                : Optional.empty();
    }

    /** The column of a document's own property; the id is in the key. */
    static Optional<String> column(Property property) {
        return switch (property) {
            case ID -> Optional.empty();
            case VERSION -> Optional.of(Columns.VERSION);
            case CREATED -> Optional.of(Columns.CREATED);
            case UPDATED -> Optional.of(Columns.UPDATED);
        };
    }
}
