package io.mcpserver.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Which documents: a condition on their fields, in the field's usual JSON form, for example {@code
 * {"year": {"$gte": 2020}, "$or": [{"tag": "a"}, {"tag": "b"}]}}.
 *
 * <p>A path is dotted ({@code author.name}, {@code tags.0}) and starts in the content. The paths
 * {@code id}, {@code version}, {@code created} and {@code updated} mean the document's own
 * properties; a content field of such a name is reached as {@code content.created}.
 *
 * <p>A missing field equals null. {@code $ne} and {@code $nin} are the negations of {@code $eq} and
 * {@code $in}, so they select documents that lack the field. {@code $exists} is about the field itself, which may hold null. Order
 * comparisons hold only between two numbers or two strings (code point order); times are compared as
 * times, with RFC 3339 text or a date. Numbers are equal by value, as doubles, and whole ones of 64 bits
 * exactly; objects are equal whatever the order of their keys. {@code $contains} looks for a substring, ignoring case,
 * in a string and for an equal element in an array.
 */
public sealed interface Filter {

    /** Selects everything. */
    Filter ALL = new And(List.of());

    record And(List<Filter> all) implements Filter {}

    record Or(List<Filter> any) implements Filter {}

    record Not(Filter filter) implements Filter {}

    /** @param operator one of {@code EQ GT GTE LT LTE CONTAINS} */
    record Compare(String path, Operator operator, JsonNode value) implements Filter {}

    record In(String path, List<JsonNode> values) implements Filter {}

    record Exists(String path, boolean exists) implements Filter {}

    enum Operator {
        EQ,
        GT,
        GTE,
        LT,
        LTE,
        CONTAINS
    }
}
