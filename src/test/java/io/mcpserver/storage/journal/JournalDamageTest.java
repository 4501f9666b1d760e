package io.mcpserver.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a journal does whose files were cut or changed by others than itself. */
class JournalDamageTest extends JournalFixture {

    private static final List<String> IDS = List.of("a", "b", "c", "d");

    private Path file;
    private byte[] whole;

    /** Where the frames begin, and the end. */
    private final List<Integer> bounds = new ArrayList<>();

    @BeforeEach
    void fill() throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        try (Journal journal = open(source, LARGE, 0, FileChannel::open)) {
            file = files(source).getFirst();
            bounds.add((int) Files.size(file));
            for (String id : IDS) {
                append(journal, id);
                bounds.add((int) Files.size(file));
            }
        }
        whole = Files.readAllBytes(file);
    }

    @Test
    void cut_at_any_byte_it_holds_what_was_whole_before_and_goes_on() throws IOException {
        for (int length = 0; length <= whole.length; length++) {
            Path journal = journal(Arrays.copyOf(whole, length));
            List<String> expected = new ArrayList<>(IDS.subList(0, wholeFrames(length)));
            try (Journal opened = open(journal, LARGE, 0, FileChannel::open)) {
                assertThat(replayedIds()).as("cut to %s bytes", length).isEqualTo(expected);
                if (length % 10 != 0) {
                    continue;
                }
                append(opened, "new");
            }
            expected.add("new");
            open(journal, LARGE, 0, FileChannel::open).close();
            assertThat(replayedIds())
                    .as("cut to %s bytes, then written", length)
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_bit_that_was_flipped_anywhere_but_in_the_last_frame_is_refused_and_left_as_it_is() throws IOException {
        int last = bounds.get(IDS.size() - 1);
        for (int at = 0; at < last; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Path journal = journal(damaged);
            StoreException refusal =
                    refused(ErrorCode.STORE_UNAVAILABLE, () -> open(journal, LARGE, 0, FileChannel::open)
                            .close());
            assertThat(refusal).hasMessageContaining(journal.toString());
            assertThat(Files.readAllBytes(files(journal).getFirst())).isEqualTo(damaged);
        }
    }

    @Test
    void a_bit_that_was_flipped_in_the_last_frame_costs_that_frame_and_a_copy_is_kept() throws IOException {
        for (int at = bounds.get(IDS.size() - 1); at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Path journal = journal(damaged);
            open(journal, LARGE, 0, FileChannel::open).close();
            assertThat(replayedIds()).as("byte %s", at).isEqualTo(IDS.subList(0, 3));
            Path copy = files(journal).getLast();
            assertThat(copy.getFileName().toString()).endsWith(".cut-4");
            assertThat(Files.readAllBytes(copy)).isEqualTo(damaged);
        }
    }

    @Test
    void an_older_file_that_was_cut_is_refused() throws IOException {
        Path journal = Files.createDirectory(folder.resolve("two"));
        JournalLimits small = new JournalLimits(200, 1_000, 100);
        try (Journal opened = open(journal, small, 0, FileChannel::open)) {
            IDS.forEach(id -> append(opened, id));
        }
        Path oldest = files(journal).getFirst();
        byte[] bytes = Files.readAllBytes(oldest);
        for (int length : new int[] {0, 10, SegmentHeader.BYTES, bytes.length - 1}) {
            Files.write(oldest, Arrays.copyOf(bytes, length));
            refused(ErrorCode.STORE_UNAVAILABLE, () -> open(journal, small, 0, FileChannel::open)
                    .close());
        }
    }

    @Test
    void a_document_that_holds_the_bytes_of_a_journal_is_not_taken_for_one() throws IOException {
        String bytes = new String(whole, StandardCharsets.ISO_8859_1);
        Path journal = Files.createDirectory(folder.resolve("trick"));
        try (Journal opened = open(journal, LARGE, 0, FileChannel::open)) {
            append(opened, "a");
            opened.append(List.of(write("trick", bytes)));
        }
        Path trick = files(journal).getFirst();
        Files.write(trick, Arrays.copyOf(Files.readAllBytes(trick), (int) Files.size(trick) - 5));
        open(journal, LARGE, 0, FileChannel::open).close();
        assertThat(replayedIds()).containsExactly("a");
    }

    private int wholeFrames(int length) {
        return (int) IntStream.range(1, bounds.size())
                .filter(i -> bounds.get(i) <= length)
                .count();
    }

    private Path journal(byte[] bytes) throws IOException {
        Path journal = folder.resolve("damaged");
        if (Files.exists(journal)) {
            for (Path old : files(journal)) {
                Files.delete(old);
            }
        }
        Files.createDirectories(journal);
        Files.write(journal.resolve(file.getFileName()), bytes);
        return journal;
    }
}
