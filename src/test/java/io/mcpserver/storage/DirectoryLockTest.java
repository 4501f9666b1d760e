package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    Path directory;

    /** Owns the directory that it is given until its stdin ends. */
    static final class Owner {
        public static void main(String[] arguments) throws Exception {
            try (DirectoryLock lock = DirectoryLock.acquire(Path.of(arguments[0]))) {
                System.out.println("OWNED " + lock);
                System.in.read();
            }
        }
    }

    private Process startOwner() throws Exception {
        Process owner = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        directory.toString()))
                .start();
        BufferedReader said = owner.inputReader();
        assertThat(said.readLine()).startsWith("OWNED");
        return owner;
    }

    @Test
    void a_directory_of_another_process_is_refused_naming_its_pid_until_that_one_dies() throws Exception {
        Process owner = startOwner();
        try {
            assertThatThrownBy(() -> DirectoryLock.acquire(directory))
                    .hasMessageContaining("pid " + owner.pid())
                    .hasMessageContaining(directory.toRealPath().toString())
                    .extracting(e -> ((CodedException) e).code())
                    .isEqualTo(ErrorCode.STORE_LOCKED);
        } finally {
            owner.destroyForcibly().waitFor();
        }
        DirectoryLock.acquire(directory).close();
    }

    @Test
    void a_refusal_takes_nothing_from_the_owner() throws Exception {
        Process owner = startOwner();
        try {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> DirectoryLock.acquire(directory)).hasMessageContaining("pid " + owner.pid());
            }
        } finally {
            owner.destroyForcibly().waitFor();
        }
    }

    @Test
    void the_same_process_is_refused_too_and_does_not_lose_its_lock_by_that() throws Exception {
        Path link = directory.resolveSibling(directory.getFileName() + "-link");
        Files.createSymbolicLink(link, directory);
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            for (Path path : List.of(directory, directory.resolve("."), link)) {
                assertThatThrownBy(() -> DirectoryLock.acquire(path)).hasMessageContaining("this process");
            }
            assertThat(lock).isNotNull();
            Process other = new ProcessBuilder(List.of(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Owner.class.getName(),
                            directory.toString()))
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(other.getInputStream().readAllBytes()))
                    .contains("in use by another server (pid "
                            + ProcessHandle.current().pid());
            assertThat(other.waitFor()).isNotZero();
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void it_can_be_taken_again_after_it_was_given_up() {
        DirectoryLock first = DirectoryLock.acquire(directory.resolve("new/deep"));
        first.close();
        first.close();
        DirectoryLock.acquire(directory.resolve("new/deep")).close();
    }

    @Test
    void a_lock_file_that_is_a_link_is_not_followed() throws Exception {
        Path outside = Files.writeString(directory.resolve("outside"), "of others");
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.createSymbolicLink(data.resolve(DirectoryLock.FILE), outside);
        assertThatThrownBy(() -> DirectoryLock.acquire(data)).hasMessageContaining("is a link");
        assertThat(outside).hasContent("of others");
        Files.delete(data.resolve(DirectoryLock.FILE));
        DirectoryLock.acquire(data).close();
    }

    @Test
    void a_file_in_place_of_the_directory_is_said_to_be_one() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        for (Path path : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> DirectoryLock.acquire(path))
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("storage.path")
                    .extracting(e -> ((CodedException) e).code())
                    .isEqualTo(ErrorCode.STORE_READ_ONLY);
        }
    }
}
