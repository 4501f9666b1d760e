package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An open store in an empty directory for each test, and the words that the contract's tests are written in. */
abstract class StoreFixture {

    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    protected Path directory;

    protected DocumentStore store;

    /** Opens the store of the engine under test; the same directory must give the same documents again. */
    protected abstract DocumentStore open(Path directory);

    @BeforeEach
    void openStore() {
        store = open(directory);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected void reopen() {
        store.close();
        store = open(directory);
    }

    protected static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    protected static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    protected static Filter filter(String text) {
        return FilterParser.parse(json(text));
    }

    protected static DocumentToSave document(String id, String content) {
        return new DocumentToSave(id, object(content));
    }

    protected static DocumentToSave expecting(long version, String id, String content) {
        return new DocumentToSave(id, object(content), OptionalLong.of(version), List.of());
    }

    protected Saved save(String id, String content) {
        return store.save("notes", List.of(document(id, content))).getFirst();
    }

    protected Optional<Document> load(String id) {
        return Optional.ofNullable(store.load("notes", List.of(id)).get(id));
    }

    protected List<String> ids(String filter, String... sort) {
        return query(filter, 1_000, null, sort).documents().stream()
                .map(Document::id)
                .toList();
    }

    protected Query.Page query(String filter, int limit, String cursor, String... sort) {
        List<Query.Sort> keys = List.of(sort).stream().map(Query.Sort::parse).toList();
        return store.query(new Query("notes", filter(filter), keys, limit, Optional.ofNullable(cursor)));
    }

    protected static StoreException refused(ErrorCode code, ThrowingCallable call) {
        StoreException refusal = catchThrowableOfType(StoreException.class, call);
        assertThat(refusal).as("a refusal with " + code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal;
    }
}
