package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

    private static final long GENEROUS_SECONDS = 60;

    @TempDir
    Path folder;

    /** What the listener found in the folder, each time it was told. */
    private final BlockingQueue<Map<String, String>> found = new LinkedBlockingQueue<>();

    private FileWatch watch;

    @AfterEach
    void close() {
        if (watch != null) {
            watch.close();
        }
    }

    @Test
    void aFileThatIsMadeEditedReplacedAndRemovedInAFolderIsTold() throws Exception {
        watch(folder, folder);
        Path file = folder.resolve("a.yaml");

        Files.writeString(file, "one");
        isTold(Map.of("a.yaml", "one"));
        Files.writeString(file, "two");
        isTold(Map.of("a.yaml", "two"));
        replace(file, "six");
        isTold(Map.of("a.yaml", "six"));
        Files.delete(file);
        isTold(Map.of());
    }

    @Test
    void aSingleFileIsWatchedWhateverHappensToIt() throws Exception {
        Path file = folder.resolve("config.yaml");
        watch(file, folder);

        Files.writeString(file, "one");
        isTold(Map.of("config.yaml", "one"));
        Files.writeString(file, "two");
        isTold(Map.of("config.yaml", "two"));
        replace(file, "six");
        isTold(Map.of("config.yaml", "six"));
        Files.delete(file);
        isTold(Map.of());
    }

    @Test
    void aFolderIsWatchedFromWhenItAppears() throws Exception {
        Path later = folder.resolve("not").resolve("yet");
        watch(later, later);

        Files.createDirectories(later);
        isTold(Map.of());
        Files.writeString(later.resolve("a.yaml"), "one");
        isTold(Map.of("a.yaml", "one"));
    }

    @Test
    void aFolderThatAnotherTookThePlaceOfIsWatchedStill() throws Exception {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path next = Files.createDirectory(folder.resolve("tools.next"));
        Files.writeString(next.resolve("a.yaml"), "one");
        watch(tools, tools);

        Files.move(tools, folder.resolve("tools.old"));
        Files.move(next, tools);
        isTold(Map.of("a.yaml", "one"));
        Files.writeString(tools.resolve("a.yaml"), "two");
        isTold(Map.of("a.yaml", "two"));
    }

    @Test
    void theSwapOfAMountedVolumeIsToldOfItsFolder() throws Exception {
        MountedVolume volume = new MountedVolume(folder);
        volume.swap("a.yaml", "one");
        watch(folder, folder);

        volume.swap("a.yaml", "two");
        isTold(Map.of("a.yaml", "two"));
        volume.swap(Map.of("b.yaml", "one"));
        isTold(Map.of("b.yaml", "one"));
    }

    @Test
    void theSwapOfAMountedVolumeIsToldOfAFileInIt() throws Exception {
        MountedVolume volume = new MountedVolume(folder);
        volume.swap("config.yaml", "one");
        watch(folder.resolve("config.yaml"), folder);

        volume.swap("config.yaml", "two");
        isTold(Map.of("config.yaml", "two"));
        volume.swap("config.yaml", "six");
        isTold(Map.of("config.yaml", "six"));
    }

    @Test
    void manyChangesOneAfterAnotherAreToldAsFew() throws Exception {
        watch(folder, folder.resolve("none"));

        for (int i = 0; i < 1_000; i++) {
            Files.writeString(folder.resolve(i + ".yaml"), "tools: []");
        }
        isTold(Map.of());

        assertThat(found).hasSizeLessThan(100);
    }

    @Test
    void theNeighboursOfAFileAreNotTold() throws Exception {
        Path file = Files.writeString(folder.resolve("config.yaml"), "one");
        AtomicInteger ofTheFile = new AtomicInteger();
        try (FileWatch single = new FileWatch("test-single", List.of(file), ofTheFile::incrementAndGet)) {
            watch(folder, folder);

            Files.writeString(folder.resolve("neighbour.yaml"), "one");
            isTold(Map.of("config.yaml", "one", "neighbour.yaml", "one"));
        }
        assertThat(ofTheFile).hasValue(0);
    }

    @Test
    void aListenerThatFailsIsToldAgain() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        watch = new FileWatch("test-watch", List.of(folder), () -> {
            twice.countDown();
            found.add(files(folder));
            throw new IllegalStateException("on purpose");
        });

        Files.writeString(folder.resolve("a.yaml"), "one");
        isTold(Map.of("a.yaml", "one"));
        Files.writeString(folder.resolve("a.yaml"), "two");
        isTold(Map.of("a.yaml", "two"));

        assertThat(twice.await(GENEROUS_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothingIsToldOnceItIsClosed() throws Exception {
        AtomicInteger ofTheClosed = new AtomicInteger();
        FileWatch closed = new FileWatch("test-closed", List.of(folder), ofTheClosed::incrementAndGet);
        closed.close();
        closed.close();

        watch(folder, folder);
        Files.writeString(folder.resolve("a.yaml"), "one");
        isTold(Map.of("a.yaml", "one"));

        assertThat(ofTheClosed).hasValue(0);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("test-closed"));
    }

    private void watch(Path path, Path read) {
        watch = new FileWatch("test-watch", List.of(path), () -> found.add(files(read)));
    }

    private void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(folder.resolve(".next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void isTold(Map<String, String> files) throws InterruptedException {
        Map<String, String> last = null;
        while (!files.equals(last)) {
            last = found.poll(GENEROUS_SECONDS, TimeUnit.SECONDS);
            assertThat(last).as("no more was told").isNotNull();
        }
    }

    /** Name to text; what is half there when it is looked at is told once more. */
    private static Map<String, String> files(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(
                            entry -> !entry.getFileName().toString().startsWith("."))
                    .toList()) {
                texts.put(entry.getFileName().toString(), Files.readString(entry));
            }
        } catch (IOException e) {
            return Map.of();
        }
        return texts;
    }
}
