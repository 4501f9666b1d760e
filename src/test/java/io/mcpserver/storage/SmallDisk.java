package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** A file system of a few megabytes that others can fill; mounting it needs root. Unmounted when closed. */
public final class SmallDisk implements AutoCloseable {

    private static final int BLOCK = 4_096;

    private final Path mount;

    private SmallDisk(Path mount) {
        this.mount = mount;
    }

    /** Mounts one on a folder; where that cannot be done, the test is left out. */
    public static SmallDisk mount(Path folder, int megabytes) throws Exception {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
        assumeTrue(mounted, "a tmpfs cannot be mounted here (not root?)");
        return new SmallDisk(folder);
    }

    /** A text of 60,000 letters, of which little can be compressed away. */
    public static String letters(int seed) {
        StringBuilder text = new StringBuilder();
        new Random(seed).ints(60_000, 'a', 'z').forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    public void resize(int megabytes) throws Exception {
        assertThat(run("mount", "-o", "remount,size=" + megabytes + "m", mount.toString()))
                .isTrue();
    }

    public void makeReadOnly() throws Exception {
        assertThat(run("mount", "-o", "remount,ro", mount.toString())).isTrue();
    }

    /** Takes all room but some, also what was given back since the last time. */
    public void fillUpTo(long free) {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(hog(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (mount.toFile().getUsableSpace() > free) {
                out.write(block);
            }
            while (free == 0) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    /** Gives back what was taken. */
    public void empty() throws IOException {
        Files.deleteIfExists(hog());
    }

    @Override
    public void close() throws Exception {
        run("umount", "-l", mount.toString());
    }

    private Path hog() {
        return mount.resolve("hog");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }
}
