package io.mcpserver.storage.tinydb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a file of TinyDB in it, and the words that its tests are written in. */
abstract class TinyDbFixture {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    final List<Change> heard = Collections.synchronizedList(new ArrayList<>());

    Path file() {
        return directory.resolve("documents.json");
    }

    String text() throws IOException {
        return Files.readString(file(), StandardCharsets.UTF_8);
    }

    void write(String text) throws IOException {
        Files.writeString(file(), text, StandardCharsets.UTF_8);
    }

    /** Does what somebody with an editor does. */
    void edit(String from, String to) throws IOException {
        assertThat(text()).contains(from);
        write(text().replace(from, to));
    }

    TinyDbStore open() {
        return TinyDbStores.openUnwatched(directory, heard::addAll);
    }

    static void save(TinyDbStore store, String id, String content) {
        store.save("notes", List.of(TinyDbStores.document(id, content)));
    }

    static void settle(TinyDbStore store) throws InterruptedException {
        assertThat(store.awaitFile(PATIENCE)).isTrue();
    }

    /** Writes something unimportant, so that the file is looked at. */
    static void nudge(TinyDbStore store) throws InterruptedException {
        store.save("other", List.of(TinyDbStores.document("nudge", "{}")));
        settle(store);
    }

    static Optional<Document> load(TinyDbStore store, String id) {
        return Optional.ofNullable(store.load("notes", List.of(id)).get(id));
    }

    static String content(TinyDbStore store, String id) {
        return load(store, id).orElseThrow().content().toString();
    }

    static List<String> ids(TinyDbStore store, String collection) {
        return store.query(new Query(collection, Filter.ALL, List.of(), 1_000, Optional.empty())).documents().stream()
                .map(Document::id)
                .toList();
    }

    static StoreException refused(ErrorCode code, ThrowingCallable call) {
        StoreException refusal = catchThrowableOfType(StoreException.class, call);
        assertThat(refusal).as("a refusal with " + code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal;
    }
}
