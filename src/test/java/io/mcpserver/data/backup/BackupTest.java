package io.mcpserver.data.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.data.desk.DeskLine;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.data.restore.Restore;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.error.CodedException;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.index.Shelf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupTest {

    private static final Optional<char[]> SECRET = Optional.of("a long passphrase".toCharArray());
    private static final Optional<char[]> NO_SECRET = Optional.empty();

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private static Shelf shelf;

    @BeforeAll
    static void open() {
        shelf = Shelf.open(data, Shelf.NO_MODEL);
        for (int i = 0; i < 40; i++) {
            shelf.save("n" + i, "note " + i + " 中文");
        }
        shelf.store().delete("notes", List.of("n7"));
    }

    @AfterAll
    static void close() {
        shelf.close();
    }

    @Test
    void holdsWhatTheStoreHeldAndSaysSo() {
        for (Optional<char[]> passphrase : List.of(NO_SECRET, SECRET)) {
            Path file = folder.resolve("backup" + passphrase.isPresent() + ".tar.gz");
            Backup backup = make(file, passphrase);
            List<StoreLine> lines = new ArrayList<>();
            Manifest manifest = BackupReader.read(file, passphrase, Steps.NONE, lines::addAll);
            assertThat(manifest).isEqualTo(backup.manifest());
            assertThat(manifest.documents()).isGreaterThanOrEqualTo(39);
            assertThat(manifest.deleted()).isGreaterThanOrEqualTo(1);
            assertThat(lines)
                    .contains(new StoreLine.Stored(StoredDocument.of(
                            "notes", shelf.store().load("notes", List.of("n3")).get("n3"))));
            assertThat(BackupReader.isEncrypted(file)).isEqualTo(passphrase.isPresent());
        }
    }

    @Test
    void anEncryptedOneTellsNothingWithoutItsPassphrase() throws IOException {
        Path file = folder.resolve("backup.tar.gz.age");
        make(file, SECRET);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("notes", "manifest");
        assertThatThrownBy(() -> read(file, NO_SECRET)).hasMessageContaining("is encrypted");
        assertThatThrownBy(() -> read(file, Optional.of("another passphrase".toCharArray())))
                .hasMessageContaining("with this passphrase");
    }

    @ParameterizedTest
    @CsvSource({"duckdb, lancedb", "lancedb, tinydb", "tinydb, duckdb"})
    void writtenTogetherIsTogetherInAStoreThatWasRestoredElsewhereThoughWritingWentOn(String engine, String into)
            throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (Shelf source = Shelf.open(engine, folder.resolve("source"), Shelf.NO_MODEL)) {
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int n = 0; !stop.get(); n++) {
                    source.store()
                            .save(
                                    "pairs",
                                    List.of(
                                            new DocumentToSave("l" + n % 50, Shelf.text("v" + n)),
                                            new DocumentToSave("r" + n % 50, Shelf.text("v" + n))));
                }
            });
            try {
                while (source.store().sequence() < 300) {
                    Thread.onSpinWait();
                }
                Path file = folder.resolve("backup.tar.gz");
                DataDesk desk = new DataDesk(config(engine, "source"), source.service());
                Manifest manifest = Backup.make(new DeskLine(desk, "here"), file, NO_SECRET, Steps.NONE, () -> false)
                        .orElseThrow()
                        .manifest();
                ServerConfig.Storage elsewhere = config(into, "elsewhere");
                Restore.run(
                        elsewhere,
                        file,
                        NO_SECRET,
                        manifest,
                        Restore.owning(elsewhere.path()),
                        Steps.NONE,
                        () -> false);
            } finally {
                stop.set(true);
                writer.join();
            }
        }
        try (Shelf restored = Shelf.open(into, folder.resolve("elsewhere"), Shelf.NO_MODEL)) {
            List<String> ids = IntStream.range(0, 50)
                    .boxed()
                    .flatMap(n -> Stream.of("l" + n, "r" + n))
                    .toList();
            Map<String, Document> found = restored.store().load("pairs", ids);
            assertThat(found).isNotEmpty().allSatisfy((id, document) -> assertThat(document.content())
                    .as(id)
                    .isEqualTo(found.get((id.startsWith("l") ? "r" : "l") + id.substring(1))
                            .content()));
        }
    }

    @Test
    void damagedAnywhereItIsRefusedOrReadRightAndNeverWrong() throws IOException {
        for (Optional<char[]> passphrase : List.of(NO_SECRET, SECRET)) {
            Path file = folder.resolve("backup" + passphrase.isPresent() + ".tar.gz");
            make(file, passphrase);
            List<StoreLine> right = read(file, passphrase);
            byte[] good = Files.readAllBytes(file);
            Random random = new Random(11);
            Path damaged = folder.resolve("damaged");
            AtomicInteger refused = new AtomicInteger();
            // Each try with a passphrase derives its key, which takes long on purpose.
            int rounds = passphrase.isPresent() ? Integer.getInteger("mcp.backup.damages", 6) : 200;
            for (int i = 0; i < rounds; i++) {
                byte[] bad = good.clone();
                switch (i % 4) {
                    case 0 -> bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                    case 1 -> bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                    case 2 -> bad = Arrays.copyOf(bad, random.nextInt(bad.length));
                    default -> {
                        int at = random.nextInt(bad.length - 16);
                        System.arraycopy(good, random.nextInt(bad.length - 16), bad, at, 16);
                    }
                }
                Files.write(damaged, bad);
                try {
                    assertThat(read(damaged, passphrase)).as("damage %d", i).isEqualTo(right);
                } catch (CodedException e) {
                    assertThat(e.getMessage()).startsWith("The backup " + damaged);
                    refused.incrementAndGet();
                }
            }
            assertThat(refused.get()).as("refusals").isGreaterThan(rounds * 8 / 10);
        }
    }

    @Test
    void damagedInsideOfAWholeGzipItIsRefusedOrReadRight() throws IOException {
        Path file = folder.resolve("backup.tar.gz");
        make(file, NO_SECRET);
        List<StoreLine> right = read(file, NO_SECRET);
        byte[] tar = gunzip(file);
        Random random = new Random(12);
        Path damaged = folder.resolve("damaged");
        for (int i = 0; i < 60; i++) {
            byte[] bad = tar.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            gzip(damaged, bad);
            try {
                assertThat(read(damaged, NO_SECRET)).as("damage %d", i).isEqualTo(right);
            } catch (BadBackupException e) {
                assertThat(e.getMessage()).startsWith("The backup " + damaged);
            }
        }
    }

    @Test
    void pathsLinksAndSizesThatNoBackupHasAreRefused() throws IOException {
        for (String name : List.of("../../etc/cron.jsonl", "/etc/passwd", "a/b.jsonl", "lines-000000.jsonl/", "..")) {
            assertRefused(entry(TarWriter.header(name, 0, 0)), "a file that no backup has");
        }
        byte[] link = TarWriter.header("lines-000000.jsonl", 0, 0);
        link[156] = '2';
        assertRefused(entry(link), "damaged, or no plain file");
        assertRefused(entry(TarWriter.header("backup.json", 4_000_000_000L, 0)), "no file in a backup has more");
        assertRefused(
                tar("backup.json", "{\"format\": 99, \"program\": \"7.0\"}"),
                "by version 7.0 of this program in form 99");
        assertRefused(tar("lines-000000.jsonl", ""), "does not begin as a backup");
        assertRefused(tar("backup.json", "{\"format\": 1}"), "has no manifest");
        assertRefused(tar("backup.json", "{\"format\": 1}", "lines-000001.jsonl", "{}\n"), "Line 1 of its file");
        assertRefused(tar("backup.json", "{\"format\": 1}", "lines-000007.jsonl", ""), "does not belong there");
        Files.writeString(folder.resolve("text"), "no backup at all");
        assertThatThrownBy(() -> read(folder.resolve("text"), NO_SECRET)).hasMessageContaining("no backup");
    }

    @Test
    void isReadAsItGrowsSoThatABombDoesNotFillTheMemory() throws IOException {
        Path bomb = folder.resolve("bomb.tar.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            out.write(tarStart("backup.json", "{\"format\": 1}"));
            out.write(TarWriter.header("lines-000001.jsonl", 16 << 20, 0));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(zeros);
            }
        }
        assertThatThrownBy(() -> read(bomb, NO_SECRET)).hasMessageContaining("Line 1 of its file");
    }

    @Test
    void isNeverWrittenOverAnotherAndLeavesNothingWhenStopped() throws IOException {
        Path file = Files.writeString(folder.resolve("backup.tar.gz"), "mine");
        assertThatThrownBy(() -> make(file, NO_SECRET)).hasMessageContaining("is there already");
        assertThat(Backup.make(line(), folder.resolve("other"), NO_SECRET, Steps.NONE, () -> true))
                .isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private void assertRefused(byte[] tar, String told) throws IOException {
        Path file = folder.resolve("made");
        gzip(file, tar);
        assertThatThrownBy(() -> read(file, NO_SECRET)).hasMessageContaining(told);
    }

    private static byte[] entry(byte[] header) {
        return Arrays.copyOf(header, 3 * TarWriter.BLOCK);
    }

    private static byte[] tarStart(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TarWriter(bytes, 0).file(name, content.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static byte[] tar(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(bytes, Instant.EPOCH.getEpochSecond());
        for (int i = 0; i < namesAndContents.length; i += 2) {
            tar.file(namesAndContents[i], namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        tar.finish();
        return bytes.toByteArray();
    }

    private static byte[] gunzip(Path file) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static void gzip(Path file, byte[] content) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
    }

    private static List<StoreLine> read(Path file, Optional<char[]> passphrase) {
        List<StoreLine> lines = new ArrayList<>();
        BackupReader.read(file, passphrase, Steps.NONE, lines::addAll);
        return lines;
    }

    private static Backup make(Path file, Optional<char[]> passphrase) {
        return Backup.make(line(), file, passphrase, Steps.NONE, () -> false).orElseThrow();
    }

    private ServerConfig.Storage config(String engine, String name) {
        return Shelf.config(engine, folder.resolve(name), Shelf.NO_MODEL).storage();
    }

    private static DataLine line() {
        return new DeskLine(
                new DataDesk(Shelf.config("duckdb", data, Shelf.NO_MODEL).storage(), shelf.service()), "here");
    }
}
