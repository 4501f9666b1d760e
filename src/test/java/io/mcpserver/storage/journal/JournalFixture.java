package io.mcpserver.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;

/** A folder for a journal, and the words that its tests are written in. */
abstract class JournalFixture {

    static final JournalLimits LARGE = JournalLimits.DEFAULT;

    @TempDir
    Path folder;

    final List<JournalRecord> replayed = new ArrayList<>();

    Journal open(long applied) {
        return open(folder, LARGE, applied, FileChannel::open);
    }

    Journal open(Path path, JournalLimits limits, long applied, Segment.Opening opening) {
        replayed.clear();
        return Journal.open(path, limits, applied, replayed::add, opening);
    }

    static List<JournalEntry> write(String id, String text) {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("text", text);
        Instant time = Instant.ofEpochSecond(1_700_000_000, 123_000);
        Document document = new Document(id, content, 1, time, time);
        return List.of(new JournalEntry.Save(1, "notes", document, content.toString(), List.of()));
    }

    static JournalRecord append(Journal journal, String id) {
        return journal.append(List.of(write(id, "text of " + id))).getFirst();
    }

    List<String> replayedIds() {
        return ids(replayed);
    }

    static List<String> ids(List<JournalRecord> records) {
        return records.stream()
                .flatMap(record -> record.entries().stream())
                .map(entry -> entry.change().orElseThrow().id())
                .toList();
    }

    static List<Path> files(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().toList();
        }
    }

    static StoreException refused(ErrorCode code, ThrowingCallable call) {
        StoreException refusal = catchThrowableOfType(StoreException.class, call);
        assertThat(refusal).as("a refusal with " + code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal;
    }
}
