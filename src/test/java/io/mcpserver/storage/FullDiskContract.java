package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
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
 * A small file system of its own, filled up and made read-only; mounting needs root, so subclasses are tagged {@code
 * system}.
 */
public abstract class FullDiskContract {

    @TempDir
    Path mount;

    /** Opens the store of the engine under test; the same directory must give the same documents again. */
    protected abstract DocumentStore open(Path directory);

    @BeforeEach
    void mountSmallDisk() throws Exception {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", mount.toString());
        assumeTrue(mounted, "a tmpfs cannot be mounted here (not root?)");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", mount.toString());
    }

    @Test
    void saves_are_refused_in_time_and_go_on_when_space_returns() throws Exception {
        try (DocumentStore store = open(mount.resolve("data"))) {
            Map<String, Document> before = fillUp(store);
            assertThat(before).isNotEmpty();
            List<String> ids = List.copyOf(before.keySet());
            assertThat(loadAll(store, ids)).isEqualTo(before);

            assertThat(store.delete("notes", ids.subList(0, 1))).isEqualTo(1);
            assertThat(run("mount", "-o", "remount,size=96m", mount.toString())).isTrue();
            store.save("notes", List.of(new DocumentToSave("after", content(1))));
            assertThat(store.count("notes", Filter.ALL)).isEqualTo(before.size());
        }
    }

    @Test
    void a_disk_that_others_fill_to_the_last_byte_loses_nothing_and_the_store_resumes() throws Exception {
        Path data = mount.resolve("data");
        Path hog = mount.resolve("hog");
        Map<String, Document> before;
        try (DocumentStore store = open(data)) {
            List<String> ids = saveSome(store, 0);
            fill(hog);
            // Deletions may use the reserve, so they come to the very end of the disk.
            StoreException refusal = null;
            for (int i = 0; i < 2_000 && refusal == null; i++) {
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
            Files.delete(hog);
            saveSome(store, 2);
            assertThat(store.load("notes", ids)).isEqualTo(before);
        }
        try (DocumentStore store = open(data)) {
            assertThat(store.load("notes", List.copyOf(before.keySet()))).isEqualTo(before);
            assertThat(store.count("notes", Filter.ALL)).isEqualTo(before.size() + 50L);
        }
    }

    @Test
    void a_directory_that_cannot_be_written_is_refused_at_the_start() throws Exception {
        open(mount.resolve("data")).close();
        assertThat(run("mount", "-o", "remount,ro", mount.toString())).isTrue();
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

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }
}
