package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged survives {@code kill -9} in the middle of concurrent saves, while the store is opened, and while it
 * is closed. The number of rounds is the system property {@code mcp.crash.rounds}; all rounds work on one directory, so
 * that damage would add up.
 */
@Tag("side-by-side")
public abstract class CrashContract {

    /** The last acknowledgement of an id: a version with the checksum of its content, or its deletion. */
    private record Acknowledged(long version, int checksum, boolean deleted) {}

    /** When a victim is killed. */
    private enum Moment {
        SAVING,
        OPENING,
        CLOSING;

        static Moment of(int round) {
            return round % 6 == 3 ? CLOSING : round % 6 == 5 ? OPENING : SAVING;
        }
    }

    private static final System.Logger LOG = System.getLogger(CrashContract.class.getName());

    /** An opening or a closing takes a few tenths of a second, in which the blow falls anywhere. */
    private static final int LONGEST_WAIT_MILLIS = 400;

    private final Random random = new Random(Long.getLong("mcp.crash.seed", 7));

    @TempDir
    Path root;

    /** Opens the store here and in the victim; needs a constructor without arguments. */
    protected abstract Class<? extends StoreOpener> opener();

    /** Checks what else must hold after a crash: that an index agrees with the record. */
    protected abstract void check(DocumentStore store);

    /** How often a victim is killed where nobody says it. */
    protected int rounds() {
        return 30;
    }

    @Test
    void no_acknowledged_write_is_lost_and_none_is_doubled() throws Exception {
        Map<String, Acknowledged> acknowledged = new HashMap<>();
        long sequence = 0;
        int lines = 0;
        int rounds = Integer.getInteger("mcp.crash.rounds", rounds());
        for (int round = 0; round < rounds; round++) {
            lines += crash(round, acknowledged);
            try (DocumentStore store =
                    opener().getDeclaredConstructor().newInstance().open(data())) {
                checkAcknowledged(store, acknowledged, StoreSoundness.require(store, CrashVictim.COLLECTION));
                assertThat(store.sequence()).isGreaterThanOrEqualTo(sequence);
                sequence = store.sequence();
                check(store);
            }
        }
        assertThat(lines).as("acknowledgements in all rounds").isGreaterThan(100);
        LOG.log(
                System.Logger.Level.INFO,
                "{0}: killed {1} times, {2} acknowledgements, none lost, none doubled, the index equal each time",
                getClass().getSimpleName(),
                Integer.toString(rounds),
                Integer.toString(lines));
    }

    private Path data() {
        return root.resolve("data");
    }

    private int crash(int round, Map<String, Acknowledged> acknowledged) throws Exception {
        Path temporary = Files.createDirectory(root.resolve("tmp" + round));
        Process victim = start(round, temporary);
        Moment moment = Moment.of(round);
        int lines = 0;
        // Killed by the number of acknowledgements, so that slow machines see as many as fast ones.
        int enough = moment == Moment.OPENING ? 0 : 1 + random.nextInt(400);
        try (BufferedReader said = victim.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                lines += remember(line, acknowledged) ? 1 : 0;
                if (lines == enough && (enough > 0 || line.equals(CrashVictim.OPENING))) {
                    kill(victim, moment);
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

    private Process start(int round, Path temporary) throws IOException {
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-Xshare:auto",
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
    }

    private void kill(Process victim, Moment moment) throws IOException, InterruptedException {
        if (moment == Moment.CLOSING) {
            victim.outputWriter().append('\n').flush();
        }
        if (moment != Moment.SAVING) {
            victim.waitFor(random.nextInt(LONGEST_WAIT_MILLIS), TimeUnit.MILLISECONDS);
        }
        // Not by the process itself, which would take with it what was said and is not read yet.
        victim.toHandle().destroyForcibly();
    }

    /** Whether the line is an acknowledgement. */
    private static boolean remember(String line, Map<String, Acknowledged> acknowledged) {
        String[] words = line.split(" ");
        if (words[0].equals("DELETED") && words.length == 2) {
            Acknowledged before = acknowledged.get(words[1]);
            long version = before == null ? 0 : before.version();
            acknowledged.put(words[1], new Acknowledged(version, 0, true));
        } else if (words[0].equals("SAVED") && words.length == 4) {
            Acknowledged now = new Acknowledged(Long.parseLong(words[2]), Integer.parseInt(words[3]), false);
            acknowledged.merge(words[1], now, (a, b) -> a.version() > b.version() ? a : b);
        } else {
            return false;
        }
        return true;
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
