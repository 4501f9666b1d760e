package io.mcpserver.storage.tinydb;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.Document;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens when somebody else changes the file: it is taken over or kept beside, never overwritten. */
class TinyDbMergeTest extends TinyDbFixture {

    @Test
    void what_somebody_else_changed_added_and_deleted_is_taken_over_as_writes() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'n': 1}");
            save(store, "b", "{'n': 2}");
            save(store, "c", "{'n': 3}");
            settle(store);
            Document a = load(store, "a").orElseThrow();
            String b = text().lines()
                    .filter(line -> line.contains("\"b\""))
                    .findFirst()
                    .orElseThrow();
            edit("\"n\": 1}", "\"n\": 10}");
            edit(b + "\n", "");
            edit("\"n\": 3}", "\"n\": 3},\n\"9\": {\"word\": \"mine\"}");
            heard.clear();
            nudge(store);

            Document changed = load(store, "a").orElseThrow();
            assertThat(changed.content().toString()).isEqualTo("{\"n\":10}");
            assertThat(changed.version()).isEqualTo(2);
            assertThat(changed.created()).isEqualTo(a.created());
            assertThat(load(store, "b")).isEmpty();
            assertThat(load(store, "c").orElseThrow().version()).isEqualTo(1);
            assertThat(content(store, "9")).isEqualTo("{\"word\":\"mine\"}");
            assertThat(heard).extracting(Change::id).containsExactlyInAnyOrder("nudge", "a", "9", "b");
            settle(store);
            assertThat(text())
                    .contains("\"9\": {\"_id\": \"9\", \"_version\": 1,")
                    .contains("\"n\": 10}");
            save(store, "b", "{}");
            assertThat(load(store, "b").orElseThrow().version())
                    .as("goes on after the deletion")
                    .isEqualTo(2);
        }
    }

    @Test
    void what_was_changed_here_and_there_at_the_same_time_is_kept_twice() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'n': 1}");
            save(store, "gone", "{'n': 2}");
            save(store, "kept", "{'n': 3}");
            settle(store);
            String kept = text().lines()
                    .filter(line -> line.contains("\"kept\""))
                    .findFirst()
                    .orElseThrow();
            edit("\"n\": 1}", "\"n\": 'theirs'}".replace('\'', '"'));
            edit("\"n\": 2},\n" + kept, "\"n\": 'theirs too'}".replace('\'', '"'));
            save(store, "a", "{'n': 'ours'}");
            save(store, "kept", "{'n': 'saved'}");
            store.delete("notes", List.of("gone"));
            settle(store);

            assertThat(content(store, "a")).isEqualTo("{\"n\":\"ours\"}");
            assertThat(content(store, "kept")).as("deleted there, saved here").isEqualTo("{\"n\":\"saved\"}");
            assertThat(load(store, "gone")).isEmpty();
            List<String> ids = ids(store, "notes");
            assertThat(ids).hasSize(4);
            assertThat(content(store, beside(ids, "a"))).isEqualTo("{\"n\":\"theirs\"}");
            assertThat(content(store, beside(ids, "gone"))).isEqualTo("{\"n\":\"theirs too\"}");
            nudge(store);
            assertThat(ids(store, "notes")).isEqualTo(ids);
        }
        try (TinyDbStore store = open()) {
            assertThat(ids(store, "notes")).hasSize(4);
        }
    }

    @Test
    void what_was_changed_while_nobody_served_is_taken_over_at_the_opening() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'n': 1}");
            save(store, "b", "{'n': 2}");
        }
        String b = text().lines()
                .filter(line -> line.contains("\"b\""))
                .findFirst()
                .orElseThrow();
        edit(",\n" + b, "");
        edit("\"n\": 1}", "\"n\": 10}");
        heard.clear();
        try (TinyDbStore store = open()) {
            assertThat(content(store, "a")).isEqualTo("{\"n\":10}");
            assertThat(ids(store, "notes")).containsExactly("a");
            assertThat(heard).extracting(Change::id).containsExactly("a", "b");
            assertThat(store.changes(0, 10)).hasSize(2);
        }
        long sequence;
        try (TinyDbStore store = open()) {
            sequence = store.sequence();
        }
        try (TinyDbStore store = open()) {
            assertThat(store.sequence()).as("once").isEqualTo(sequence);
        }
    }

    @Test
    void what_was_changed_there_after_the_last_write_here_was_journaled_is_merged_at_the_opening() throws Exception {
        TinyDbStore store = open();
        save(store, "a", "{'n': 1}");
        settle(store);
        write("this is not JSON");
        save(store, "a", "{'n': 2}");
        save(store, "b", "{'n': 3}");
        // The file cannot be written over what somebody is about to write; the journal keeps what was acknowledged.
        store.close();
        assertThat(text()).isEqualTo("this is not JSON");
        write("{\"notes\": {\"1\": {\"_id\": \"a\", \"n\": 99}, \"2\": {\"n\": 4}}}");
        try (TinyDbStore again = open()) {
            assertThat(content(again, "a")).isEqualTo("{\"n\":2}");
            assertThat(content(again, "b")).isEqualTo("{\"n\":3}");
            assertThat(content(again, "2")).isEqualTo("{\"n\":4}");
            assertThat(content(again, beside(ids(again, "notes"), "a"))).isEqualTo("{\"n\":99}");
        }
    }

    @Test
    void while_the_file_is_no_json_it_is_not_overwritten_and_saves_go_on() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'n': 1}");
            settle(store);
            String good = text();
            write(good.substring(0, good.length() / 2));
            save(store, "b", "{'n': 2}");
            assertThat(store.awaitFile(Duration.ofMillis(500))).isFalse();
            assertThat(text()).isEqualTo(good.substring(0, good.length() / 2));
            assertThat(content(store, "b")).isEqualTo("{\"n\":2}");
            write(good.replace("\"n\": 1}", "\"n\": 5}"));
            settle(store);
            assertThat(content(store, "a")).isEqualTo("{\"n\":5}");
            assertThat(text()).contains("\"n\": 5}").contains("\"n\": 2}");
        }
    }

    @Test
    void a_change_is_noticed_although_nothing_is_saved() throws Exception {
        try (TinyDbStore store = TinyDbStores.openWatching(directory, Duration.ofMillis(20))) {
            save(store, "a", "{'n': 1}");
            settle(store);
            edit("\"n\": 1}", "\"n\": 7}");
            while (load(store, "a").orElseThrow().version() == 1) {
                Thread.onSpinWait();
            }
            assertThat(content(store, "a")).isEqualTo("{\"n\":7}");
        }
    }

    @Test
    void what_a_program_writes_to_the_file_that_was_replaced_is_set_aside() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'n': 1}");
            settle(store);
            try (FileChannel held = FileChannel.open(file(), StandardOpenOption.WRITE)) {
                save(store, "b", "{}");
                settle(store);
                held.truncate(0);
                held.write(ByteBuffer.wrap("{\"notes\": {}}".getBytes()));
            }
            nudge(store);
            assertThat(ids(store, "notes")).containsExactly("a", "b");
            assertThat(aside()).hasSize(1).first().satisfies(path -> assertThat(path)
                    .hasContent("{\"notes\": {}}"));
        }
    }

    @Test
    void a_file_that_went_while_the_store_is_open_is_written_anew() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'n': 1}");
            settle(store);
            Files.delete(file());
            nudge(store);
            assertThat(text()).contains("\"_id\": \"a\"");
        }
    }

    @Test
    void a_file_that_became_empty_while_the_store_is_open_is_left_until_it_is_put_right() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'n': 1}");
            settle(store);
            write("");
            save(store, "b", "{}");
            assertThat(store.awaitFile(Duration.ofMillis(500))).isFalse();
            assertThat(text()).isEmpty();
            write("{}");
            settle(store);
            assertThat(ids(store, "notes")).containsExactly("b");
        }
    }

    @Test
    void a_second_opening_of_the_same_folder_is_refused() {
        try (TinyDbStore store = open()) {
            refused(ErrorCode.STORE_LOCKED, this::open);
            save(store, "a", "{}");
        }
    }

    private static String beside(List<String> ids, String id) {
        return ids.stream()
                .filter(one -> one.startsWith(id + "~conflict-"))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> aside() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.getFileName().toString().startsWith("documents.aside-"))
                    .toList();
        }
    }

    @Test
    void what_could_not_be_written_down_of_our_own_writing_is_not_taken_for_somebody_elses() throws Exception {
        Path state = directory.resolve("documents.state");
        Path inTheWay = state.resolve("in the way");
        try (TinyDbStore store = open()) {
            save(store, "a", "{'n': 1}");
            settle(store);
            Files.delete(state);
            Files.createDirectories(inTheWay);
            save(store, "b", "{'n': 2}");
            while (!text().contains("\"b\"")) {
                Thread.onSpinWait();
            }
            store.delete("notes", List.of("b"));
            save(store, "a", "{'n': 3}");
            Files.delete(inTheWay);
            Files.delete(state);
            settle(store);
            assertThat(ids(store, "notes")).containsExactly("a");
        }
        try (TinyDbStore store = open()) {
            assertThat(ids(store, "notes")).containsExactly("a");
            assertThat(content(store, "a")).isEqualTo("{\"n\":3}");
        }
    }
}
