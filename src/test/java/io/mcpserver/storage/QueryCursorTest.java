package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryCursorTest {

    private static final ObjectNode CONTENT = JsonNodeFactory.instance.objectNode();

    private static Document document(String id, ObjectNode content) {
        return new Document(id, content, 1, Instant.EPOCH, Instant.EPOCH);
    }

    private static Query query(List<Query.Sort> sort, String cursor) {
        return new Query("notes", Filter.ALL, sort, 10, Optional.ofNullable(cursor));
    }

    @Test
    void a_cursor_is_read_as_it_was_written() {
        ObjectNode content = CONTENT.deepCopy()
                .put("text", "😀 é")
                .put("number", 9007199254740993L)
                .put("huge", new java.math.BigDecimal("1e400"))
                .put("flag", true);
        content.putNull("nothing").putArray("list");
        List<Query.Sort> sort = List.of("text", "-number", "huge", "flag", "nothing", "list", "-created").stream()
                .map(Query.Sort::parse)
                .toList();
        String cursor = QueryCursor.after(query(sort, null), document("中", content));

        QueryCursor read = QueryCursor.of(query(sort, cursor)).orElseThrow();
        assertThat(read.id()).isEqualTo("中");
        assertThat(read.keys())
                .isEqualTo(sort.stream()
                        .map(key -> SortKey.of(FieldPath.parse(key.path()).valueIn(document("中", content))))
                        .toList());
    }

    @Test
    void the_longest_cursor_can_be_passed_on() {
        ObjectNode content = CONTENT.deepCopy().put("text", "😀".repeat(100_000));
        List<Query.Sort> sort = Collections.nCopies(SortOrder.MAX_KEYS, Query.Sort.parse("text"));
        String cursor = QueryCursor.after(query(sort, null), document("😀".repeat(256), content));
        assertThat(cursor).hasSizeLessThan(QueryCursor.MAX_LENGTH).matches("[A-Za-z0-9_-]+");
        assertThat(QueryCursor.of(query(sort, cursor))).isPresent();
    }
}
