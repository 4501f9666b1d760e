package io.mcpserver.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.CollectionSettings.Model;
import io.mcpserver.storage.Document;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalTest extends JournalFixture {

    private static final JournalLimits TINY = new JournalLimits(200, 1_000, 100);

    @Test
    void what_was_appended_is_replayed_in_order_and_entry_by_entry() {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("é", "中文 😀 \u0000");
        Instant created = Instant.parse("2026-01-31T12:00:00.123456Z");
        Document document = new Document("id \"1\"", content, 7, created, created.plusSeconds(1));
        float[] vector = {1.5f, -2, Float.MIN_VALUE};
        CollectionSettings settings = new CollectionSettings(Optional.of(new Model("mini", 384)), List.of("a.b", "c"));
        List<JournalEntry> first =
                List.of(new JournalEntry.Save(11, "notes", document, content.toString(), List.of(vector)));
        List<JournalEntry> second = List.of(
                new JournalEntry.Delete(12, "notes", "gone", 3, created, created),
                new JournalEntry.Configure("notes", settings),
                new JournalEntry.Configure("other", CollectionSettings.NONE));
        try (Journal journal = open(0)) {
            assertThat(journal.append(List.of(first, second)))
                    .extracting(JournalRecord::number)
                    .containsExactly(1L, 2L);
        }
        try (Journal journal = open(0)) {
            assertThat(journal.newest()).isEqualTo(2);
            assertThat(replayed).extracting(JournalRecord::number).containsExactly(1L, 2L);
            JournalEntry.Save save =
                    (JournalEntry.Save) replayed.getFirst().entries().getFirst();
            assertThat(save.document()).isEqualTo(document);
            assertThat(save.sequence()).isEqualTo(11);
            assertThat(save.vectors()).hasSize(1);
            assertThat(save.vectors().getFirst()).containsExactly(vector);
            assertThat(replayed.getLast().entries()).isEqualTo(second);
        }
    }

    @Test
    void what_the_engine_has_applied_is_not_replayed() {
        try (Journal journal = open(0)) {
            List.of("a", "b", "c").forEach(id -> append(journal, id));
        }
        open(2).close();
        assertThat(replayedIds()).containsExactly("c");
        open(3).close();
        assertThat(replayed).isEmpty();
    }

    @Test
    void numbers_go_on_after_a_restart() {
        try (Journal journal = open(0)) {
            append(journal, "a");
        }
        try (Journal journal = open(0)) {
            assertThat(append(journal, "b").number()).isEqualTo(2);
        }
        open(0).close();
        assertThat(replayedIds()).containsExactly("a", "b");
    }

    @Test
    void files_whose_records_were_all_applied_go() throws IOException {
        try (Journal journal = open(folder, TINY, 0, FileChannel::open)) {
            IntStream.range(0, 20).forEach(i -> append(journal, "id" + i));
            int all = files(folder).size();
            assertThat(all).isGreaterThan(5);
            journal.applied(10);
            assertThat(files(folder)).hasSizeLessThan(all).hasSizeGreaterThan(1);
            journal.applied(20);
            assertThat(files(folder)).as("an empty one").hasSize(1);
            append(journal, "last");
        }
        open(folder, TINY, 20, FileChannel::open).close();
        assertThat(replayedIds()).containsExactly("last");
    }

    @Test
    void a_journal_goes_on_behind_data_that_is_newer() throws IOException {
        try (Journal journal = open(folder, TINY, 0, FileChannel::open)) {
            IntStream.range(0, 9).forEach(i -> append(journal, "id" + i));
        }
        try (Journal journal = open(100)) {
            assertThat(replayed).isEmpty();
            assertThat(append(journal, "new").number()).isEqualTo(101);
        }
        assertThat(files(folder)).hasSize(1);
        open(100).close();
        assertThat(replayedIds()).containsExactly("new");
    }

    @Test
    void a_journal_that_lacks_records_is_refused_and_left_as_it_is() throws IOException {
        try (Journal journal = open(folder, TINY, 0, FileChannel::open)) {
            IntStream.range(0, 20).forEach(i -> append(journal, "id" + i));
        }
        List<Path> files = files(folder);
        byte[] second = Files.readAllBytes(files.get(1));
        Files.delete(files.get(1));
        assertThat(refused(ErrorCode.STORE_UNAVAILABLE, () -> open(0))).hasMessageContaining("is missing");
        Files.delete(files.get(0));
        assertThat(refused(ErrorCode.STORE_UNAVAILABLE, () -> open(0)))
                .hasMessageContaining("begins with record")
                .hasMessageContaining(folder.toString());
        assertThat(files(folder)).isEqualTo(files.subList(2, files.size()));
        assertThat(second).isNotEmpty();
    }

    @Test
    void a_file_of_a_newer_program_is_refused() throws IOException {
        open(0).close();
        Path file = files(folder).getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[11] = 9;
        int checksum = SegmentHeader.checksum(bytes, 0, SegmentHeader.BYTES - 4);
        ByteBuffer.wrap(bytes).putInt(SegmentHeader.BYTES - 4, checksum);
        Files.write(file, bytes);
        assertThat(refused(ErrorCode.STORE_UNAVAILABLE, () -> open(0))).hasMessageContaining("newer version");
    }

    @Test
    void other_files_in_the_folder_are_left_alone() throws IOException {
        Path other = Files.writeString(folder.resolve("notes.txt"), "mine");
        try (Journal journal = open(0)) {
            append(journal, "a");
            journal.applied(1);
        }
        assertThat(other).hasContent("mine");
    }

    @Test
    void a_closed_journal_takes_nothing_and_may_be_closed_again() {
        Journal journal = open(0);
        journal.close();
        journal.close();
        refused(ErrorCode.STORE_UNAVAILABLE, () -> append(journal, "a"));
    }
}
