package io.mcpserver.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a journal does when its disk fails: nothing that was refused comes back, nothing that was taken goes. */
class JournalFaultTest extends JournalFixture {

    private static final JournalLimits TINY = new JournalLimits(200, 1_000, 100);

    private final FaultyFiles disk = new FaultyFiles();

    private List<String> replay(Path path) {
        open(path, LARGE, 0, FileChannel::open).close();
        return replayedIds();
    }

    @Test
    void a_disk_that_is_full_wherever_it_is_refuses_the_write_and_takes_the_next_when_there_is_room() throws Exception {
        for (int room = 0; room < 400; room += 3) {
            Path path = Files.createDirectory(folder.resolve("at" + room));
            List<String> taken = new ArrayList<>();
            // Small segments, so that some disks are full in the middle of a change of files.
            try (Journal journal = open(path, TINY, 0, disk)) {
                disk.room = room;
                for (int i = 0; i < 5; i++) {
                    try {
                        append(journal, "id" + i);
                        taken.add("id" + i);
                    } catch (StoreException e) {
                        assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL);
                    }
                }
                assertThat(taken.size()).isLessThan(5);
                disk.room = Long.MAX_VALUE;
                append(journal, "after");
                taken.add("after");
            }
            assertThat(replay(path)).as("room for %s bytes", room).isEqualTo(taken);
        }
    }

    @Test
    void a_flush_that_fails_refuses_the_write_for_good_or_says_that_nobody_knows() {
        try (Journal journal = open(folder, LARGE, 0, disk)) {
            append(journal, "a");
            disk.flushesFail = true;
            assertThat(refused(ErrorCode.OUTCOME_UNKNOWN, () -> append(journal, "b")))
                    .hasMessageContaining("read before trying again");
            disk.flushesFail = false;
            append(journal, "c");
        }
        assertThat(replay(folder)).containsExactly("a", "c");
    }

    @Test
    void what_is_acknowledged_after_a_flush_that_failed_is_there_after_a_power_cut() throws Exception {
        try (Journal journal = open(folder, LARGE, 0, disk)) {
            append(journal, "a");
            disk.failures = 1;
            refused(ErrorCode.STORE_UNAVAILABLE, () -> appendLarge(journal, "refused"));
            appendLarge(journal, "b");
            disk.failures = 2;
            refused(ErrorCode.OUTCOME_UNKNOWN, () -> appendLarge(journal, "unknown"));
            append(journal, "c");
            disk.failures = 3;
            refused(ErrorCode.OUTCOME_UNKNOWN, () -> append(journal, "unknown"));
            refused(ErrorCode.STORE_UNAVAILABLE, () -> append(journal, "too early"));
            appendLarge(journal, "d");
        }
        disk.cutPower();
        assertThat(replay(folder)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_killed_program_that_could_not_flush_leaves_nothing_that_a_power_cut_takes_from_the_next_one()
            throws Exception {
        Journal killed = open(folder, LARGE, 0, disk);
        append(killed, "a");
        disk.failures = 2;
        disk.cutsFail = true;
        refused(ErrorCode.OUTCOME_UNKNOWN, () -> appendLarge(killed, "b"));
        disk.cutsFail = false;
        disk.failures = 0;
        try (Journal next = open(folder, LARGE, 0, disk)) {
            assertThat(replayedIds()).containsExactly("a", "b");
            append(next, "c");
        }
        disk.cutPower();
        assertThat(replay(folder)).containsExactly("a", "b", "c");
    }

    /** More than a page. */
    private static void appendLarge(Journal journal, String id) {
        journal.append(List.of(write(id, "x".repeat(10_000))));
    }

    @Test
    void while_a_torn_write_cannot_be_taken_back_nothing_is_appended_behind_it() {
        try (Journal journal = open(folder, LARGE, 0, disk)) {
            append(journal, "a");
            disk.room = 10;
            disk.cutsFail = true;
            refused(ErrorCode.OUTCOME_UNKNOWN, () -> append(journal, "b"));
            disk.room = Long.MAX_VALUE;
            refused(ErrorCode.STORE_UNAVAILABLE, () -> append(journal, "c"));
            disk.cutsFail = false;
            append(journal, "d");
        }
        assertThat(replay(folder)).containsExactly("a", "d");
    }

    @Test
    void a_program_that_ends_with_a_torn_write_finds_what_was_before_it() {
        Journal journal = open(folder, LARGE, 0, disk);
        append(journal, "a");
        disk.room = 50;
        disk.cutsFail = true;
        refused(ErrorCode.OUTCOME_UNKNOWN, () -> append(journal, "b"));
        assertThat(replay(folder)).containsExactly("a");
        journal.close();
    }

    @Test
    void writes_that_are_cut_short_are_continued() {
        disk.shortest = 7;
        try (Journal journal = open(folder, LARGE, 0, disk)) {
            append(journal, "a");
            append(journal, "b");
        }
        assertThat(replay(folder)).containsExactly("a", "b");
    }

    @Test
    void a_group_of_writes_costs_one_flush() {
        try (Journal journal = open(folder, LARGE, 0, disk)) {
            int before = disk.flushes;
            journal.append(List.of(write("a", "x"), write("b", "x"), write("c", "x")));
            assertThat(disk.flushes).isEqualTo(before + 1);
        }
    }
}
