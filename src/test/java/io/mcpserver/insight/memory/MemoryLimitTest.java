package io.mcpserver.insight.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryLimitTest {

    private static final long MIB = 1L << 20;
    private static final long MACHINE = 8192 * MIB;

    @TempDir
    Path root;

    private Path process;
    private Path groups;

    @BeforeEach
    void folders() throws IOException {
        process = Files.createDirectories(root.resolve("proc"));
        groups = Files.createDirectories(root.resolve("cgroup"));
    }

    @Test
    void theSecondVersionTakesTheTightestLimitOnTheWayUp() throws IOException {
        write(process, "cgroup", "0::/pod/container\n");
        write(groups, "pod/container/memory.max", "max\n");
        write(groups, "pod/container/memory.stat", "anon 1\nfile 4096\nfile_mapped 7\n");
        write(groups, "pod/memory.max", 512 * MIB + "\n");
        assertThat(MemoryLimit.of(process, groups, MACHINE))
                .isEqualTo(new MemoryLimit(512 * MIB, "cgroup v2", OptionalLong.of(4096)));
    }

    @Test
    void withinAContainerThePathOfTheHostNamesNothing() throws IOException {
        write(process, "cgroup", "0::/machine/far/away\n");
        write(groups, "memory.max", 256 * MIB + "\n");
        assertThat(MemoryLimit.of(process, groups, MACHINE).bytes()).isEqualTo(256 * MIB);
    }

    @Test
    void theFirstVersionIsRead() throws IOException {
        write(process, "cgroup", "3:cpu:/x\n7:memory:/box\n");
        write(groups, "memory/box/memory.limit_in_bytes", 128 * MIB + "\n");
        write(groups, "memory/box/memory.stat", "cache 8192\nrss 1\n");
        assertThat(MemoryLimit.of(process, groups, MACHINE))
                .isEqualTo(new MemoryLimit(128 * MIB, "cgroup v1", OptionalLong.of(8192)));
    }

    @Test
    void theLimitIsThatOfTheGroupAlsoWhereTheJvmTakesItForTheMachine() throws IOException {
        write(process, "cgroup", "0::/\n");
        write(groups, "memory.max", 512 * MIB + "\n");
        assertThat(MemoryLimit.of(process, groups, 512 * MIB).source()).isEqualTo("cgroup v2");
    }

    @Test
    void withoutALimitItIsTheMachine() throws IOException {
        write(process, "cgroup", "0::/\n7:memory:/\n");
        write(groups, "memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(MemoryLimit.of(process, groups, MACHINE))
                .isEqualTo(new MemoryLimit(MACHINE, "machine", OptionalLong.empty()));
    }

    private static void write(Path folder, String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
