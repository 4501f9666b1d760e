package io.mcpserver.storage.tinydb;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.ChangeListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checkpoint that ended anywhere between its first and its last step loses nothing and doubles nothing. */
class TinyDbInterruptedTest extends TinyDbFixture {

    /** Files before the checkpoint, with what was acknowledged since in the journal. */
    private Path before;

    /** Files after it. */
    private Path after;

    @BeforeEach
    void fillTwoFolders() throws Exception {
        before = directory.resolve("before");
        after = directory.resolve("after");
        Path data = directory.resolve("data");
        try (TinyDbStore store = TinyDbStores.openUnwatched(data, ChangeListener.NONE)) {
            save(store, "a", "{'n': 1}");
            save(store, "gone", "{'n': 0}");
            settle(store);
            Path file = data.resolve("documents.json");
            String good = Files.readString(file);
            // So that nothing is applied until the copy is made.
            Files.writeString(file, "not now");
            save(store, "a", "{'n': 2}");
            save(store, "b", "{'n': 3}");
            store.delete("notes", List.of("gone"));
            copy(data, before);
            Files.writeString(before.resolve("documents.json"), good);
            Files.writeString(file, good);
            settle(store);
        }
        copy(data, after);
    }

    @Test
    void before_anything() throws Exception {
        check();
    }

    @Test
    void in_the_middle_of_the_temporary_file() throws Exception {
        byte[] bytes = Files.readAllBytes(after.resolve("documents.json"));
        Files.write(before.resolve("documents.json.tmp"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.writeString(before.resolve("documents.state.next.tmp"), "half");
        check();
    }

    @Test
    void after_the_next_state_was_written() throws Exception {
        take("documents.state", "documents.state.next");
        check();
    }

    @Test
    void after_the_file_was_replaced() throws Exception {
        take("documents.state", "documents.state.next");
        take("documents.json", "documents.json");
        check();
        assertThat(before.resolve("documents.state.next")).doesNotExist();
    }

    @Test
    void after_the_state_was_replaced_with_the_journal_still_there() throws Exception {
        take("documents.state", "documents.state");
        take("documents.json", "documents.json");
        check();
    }

    @Test
    void and_somebody_edited_the_file_before_anybody_looked() throws Exception {
        take("documents.state", "documents.state.next");
        for (Path folder : List.of(before, after)) {
            Path edited = directory.resolve("edited-" + folder.getFileName());
            copy(before, edited);
            String text = Files.readString(folder.resolve("documents.json"));
            Files.writeString(
                    edited.resolve("documents.json"),
                    text.replace("\"notes\": {", "\"notes\": {\n\"77\": {\"n\": 77},"));
            try (TinyDbStore store = TinyDbStores.open(edited)) {
                assertThat(ids(store, "notes")).containsExactly("77", "a", "b");
                assertThat(content(store, "a")).isEqualTo("{\"n\":2}");
            }
        }
    }

    private void check() throws Exception {
        for (int opening = 0; opening < 2; opening++) {
            try (TinyDbStore store = TinyDbStores.open(before)) {
                assertThat(ids(store, "notes")).containsExactly("a", "b");
                assertThat(content(store, "a")).isEqualTo("{\"n\":2}");
                assertThat(load(store, "a").orElseThrow().version()).isEqualTo(2);
                assertThat(load(store, "b").orElseThrow().version()).isEqualTo(1);
                assertThat(store.sequence()).isEqualTo(5);
                assertThat(store.changes(0, 10)).hasSize(3);
            }
        }
    }

    private void take(String name, String as) throws IOException {
        Files.copy(after.resolve(name), before.resolve(as), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.endsWith("mcp-server.lock")) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
