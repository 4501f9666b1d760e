package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged survives {@code kill -9} in the middle of concurrent saves. The number of
 * rounds is the system property {@code mcp.crash.rounds}; all rounds work on one directory, so that
 * damage would add up.
 */
@Tag("side-by-side")
public abstract class CrashContract {

    /** The last acknowledgement of an id: a version with the checksum of its content, or its deletion. */
    private record Acknowledged(long version, int checksum, boolean deleted) {}

    private final Random random = new Random(7);

    @TempDir
    Path root;

    /** Opens the store here and in the victim; needs a constructor without arguments. */
    protected abstract Class<? extends StoreOpener> opener();

    /** How many rounds there are where nobody says it. */
    protected int rounds() {
        return 20;
    }

    /** Checks what else must hold after a crash, for example that an index agrees with the record. */
    protected void check(DocumentStore store, String collection) {}

    @Test
    void no_acknowledged_write_is_lost_and_none_is_doubled() throws Exception {
        Map<String, Acknowledged> acknowledged = new HashMap<>();
        long sequence = 0;
        int lines = 0;
        for (int round = 0; round < Integer.getInteger("mcp.crash.rounds", rounds()); round++) {
            lines += crash(round, acknowledged);
            try (DocumentStore store =
                    opener().getDeclaredConstructor().newInstance().open(data())) {
                checkAcknowledged(store, acknowledged, checkChanges(store));
                assertThat(store.sequence()).isGreaterThanOrEqualTo(sequence);
                sequence = store.sequence();
                check(store, CrashVictim.COLLECTION);
            }
        }
        assertThat(lines).as("acknowledgements in all rounds").isGreaterThan(100);
    }

    private Path data() {
        return root.resolve("data");
    }

    private int crash(int round, Map<String, Acknowledged> acknowledged) throws Exception {
        Path temporary = Files.createDirectory(root.resolve("tmp" + round));
        Process victim = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashVictim.class.getName(),
                        opener().getName(),
                        data().toString(),
                        Integer.toString(round)))
                .redirectError(root.resolve("victim.log").toFile())
                .start();
        int lines = 0;
        // Killed by the number of acknowledgements, so that slow machines see as many as fast ones.
        int enough = 1 + random.nextInt(400);
        try (BufferedReader said = victim.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                remember(line, acknowledged);
                if (++lines == enough) {
                    victim.destroyForcibly();
                }
            }
        } catch (IOException e) {
            // The pipe broke with the process.
        } finally {
            victim.destroyForcibly().waitFor();
        }
        assertThat(lines).as(this::log).isGreaterThanOrEqualTo(enough);
        delete(temporary);
        return lines;
    }

    private static void remember(String line, Map<String, Acknowledged> acknowledged) {
        String[] words = line.split(" ");
        if (words[0].equals("DELETED") && words.length == 2) {
            Acknowledged before = acknowledged.get(words[1]);
            long version = before == null ? 0 : before.version();
            acknowledged.put(words[1], new Acknowledged(version, 0, true));
        } else if (words[0].equals("SAVED") && words.length == 4) {
            Acknowledged now = new Acknowledged(Long.parseLong(words[2]), Integer.parseInt(words[3]), false);
            acknowledged.merge(words[1], now, (a, b) -> a.version() > b.version() ? a : b);
        }
    }

    private static void checkAcknowledged(
            DocumentStore store, Map<String, Acknowledged> acknowledged, Set<String> tombstones) {
        int deletedUnheard = 0;
        Map<String, Document> found = store.load(CrashVictim.COLLECTION, new ArrayList<>(acknowledged.keySet()));
        for (Map.Entry<String, Acknowledged> entry : acknowledged.entrySet()) {
            String id = entry.getKey();
            Acknowledged expected = entry.getValue();
            Optional<Document> document = Optional.ofNullable(found.get(id));
            if (expected.deleted()) {
                assertThat(document.map(Document::version).orElse(Long.MAX_VALUE))
                        .as("version of %s, if it was saved again after its deletion", id)
                        .isGreaterThan(expected.version());
            } else if (document.isEmpty()) {
                assertThat(tombstones)
                        .as("%s is missing, so it was deleted", id)
                        .contains(id);
                entry.setValue(new Acknowledged(expected.version(), 0, true));
                deletedUnheard++;
            } else {
                assertThat(document.get().version()).as(id).isGreaterThanOrEqualTo(expected.version());
                if (document.get().version() == expected.version()) {
                    assertThat(document.get().content().toString().hashCode())
                            .as(id)
                            .isEqualTo(expected.checksum());
                }
            }
        }
        assertThat(deletedUnheard).as("deletions in flight").isLessThanOrEqualTo(CrashVictim.THREADS);
    }

    /** Returns the ids that were deleted. */
    private static Set<String> checkChanges(DocumentStore store) {
        Map<String, Document> live = new HashMap<>();
        Set<String> seen = new HashSet<>();
        long after = 0;
        for (List<Change> some = store.changes(0, 100); !some.isEmpty(); some = store.changes(after, 100)) {
            for (Change change : some) {
                assertThat(change.sequence()).isGreaterThan(after);
                after = change.sequence();
                assertThat(seen.add(change.id()))
                        .as("%s is there once", change.id())
                        .isTrue();
                change.document().ifPresent(document -> live.put(document.id(), document));
            }
        }
        assertThat(after).isEqualTo(store.sequence());
        Query all = new Query(CrashVictim.COLLECTION, Filter.ALL, List.of(), 1_000, Optional.empty());
        List<Document> documents = store.query(all).documents();
        assertThat(documents).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(live.values());
        assertThat(store.count(CrashVictim.COLLECTION, Filter.ALL)).isEqualTo(documents.size());
        seen.removeAll(live.keySet());
        return seen;
    }

    private String log() {
        try {
            return "The victim ended by itself: " + Files.readString(root.resolve("victim.log"));
        } catch (IOException e) {
            return "The victim ended by itself, and left no log: " + e;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
