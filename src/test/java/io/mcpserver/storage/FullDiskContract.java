package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.index.IndexSoundness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store with its index on a small file system of its own, which is filled up and made read-only; mounting needs root, so
 * subclasses are tagged {@code system}.
 */
public abstract class FullDiskContract {

    @TempDir
    Path mount;

    private SmallDisk disk;

    /** Opens the store of the engine under test; the same directory must give the same documents again. */
    protected abstract DocumentStore open(Path directory);

    @BeforeEach
    void mountSmallDisk() throws Exception {
        disk = SmallDisk.mount(mount, 48);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void saves_are_refused_in_time_and_go_on_when_space_returns() throws Exception {
        try (DocumentStore store = open(mount.resolve("data"))) {
            Map<String, Document> before = fillUp(store);
            assertThat(before).isNotEmpty();
            List<String> ids = List.copyOf(before.keySet());
            assertThat(loadAll(store, ids)).isEqualTo(before);

            assertThat(store.delete("notes", ids.subList(0, 1))).isEqualTo(1);
            disk.resize(96);
            store.save("notes", List.of(new DocumentToSave("after", content(1))));
            assertThat(store.count("notes", Filter.ALL)).isEqualTo(before.size());
        }
    }

    @Test
    void a_disk_that_others_fill_to_the_last_byte_loses_nothing_and_the_store_resumes() throws Exception {
        Path data = mount.resolve("data");
        Map<String, Document> before;
        try (DocumentStore store = open(data)) {
            List<String> ids = saveSome(store, 0);
            // Deletions may use the reserve, so they come to the very end of the disk.
            StoreException refusal = null;
            for (int i = 0; i < 2_000 && refusal == null; i++) {
                // Whoever closes an index gives some back.
                disk.fillUpTo(0);
                List<String> id = List.of(ids.get(i % ids.size()));
                refusal = catchThrowableOfType(StoreException.class, () -> store.delete("notes", id));
            }
            before = store.load("notes", ids);
            assertThat(refusal).as("a refusal when the last byte is taken").isNotNull();
            assertThat(refusal.code()).isEqualTo(ErrorCode.DISK_FULL);
            assertThat(catchThrowableOfType(StoreException.class, () -> saveSome(store, 1))
                            .code())
                    .isEqualTo(ErrorCode.DISK_FULL);
            assertThat(store.load("notes", ids)).isEqualTo(before);
            disk.empty();
            saveSome(store, 2);
            assertThat(store.load("notes", ids)).isEqualTo(before);
        }
        try (DocumentStore store = open(data)) {
            assertThat(store.load("notes", List.copyOf(before.keySet()))).isEqualTo(before);
            assertThat(store.count("notes", Filter.ALL)).isEqualTo(before.size() + 50L);
            IndexSoundness.require(store);
        }
    }

    @Test
    void a_directory_that_cannot_be_written_is_refused_at_the_start() throws Exception {
        open(mount.resolve("data")).close();
        disk.makeReadOnly();
        StoreException refusal = catchThrowableOfType(StoreException.class, () -> open(mount.resolve("data")));
        assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_READ_ONLY);
        assertThat(refusal).hasMessageContaining(mount.resolve("data").toString());
    }

    private static Map<String, Document> fillUp(DocumentStore store) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String id = "id" + i;
            try {
                store.save("notes", List.of(new DocumentToSave(id, content(i))));
                ids.add(id);
            } catch (StoreException e) {
                assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.DISK_FULL);
                return loadAll(store, ids);
            }
        }
        throw new AssertionError("the disk did not fill up");
    }

    private static Map<String, Document> loadAll(DocumentStore store, List<String> ids) {
        Map<String, Document> all = new HashMap<>();
        ids.forEach(id -> all.putAll(store.load("notes", List.of(id))));
        return all;
    }

    private static List<String> saveSome(DocumentStore store, int round) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add("r" + round + "-" + i);
            store.save("notes", List.of(new DocumentToSave(ids.getLast(), content(i))));
        }
        return ids;
    }

    private static ObjectNode content(int seed) {
        StringBuilder text = new StringBuilder();
        new Random(seed).ints(60_000, 'a', 'z').forEach(letter -> text.append((char) letter));
        return JsonNodeFactory.instance.objectNode().put("text", text.toString());
    }
}
