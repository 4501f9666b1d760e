package io.mcpserver.insight.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.insight.memory.MemoryLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {

    @TempDir
    Path folder;

    @Test
    void littleMemoryIsAWarning() {
        assertThat(memory(511).verdict()).isEqualTo(Check.Verdict.WARNING);
        assertThat(memory(511).remedy()).contains("embedding.model: none");
        assertThat(memory(512).verdict()).isEqualTo(Check.Verdict.OK);
    }

    private static Check memory(long mebibytes) {
        return MachineChecks.memory(new MemoryLimit(mebibytes << 20, "cgroup v2", OptionalLong.empty()));
    }

    @Test
    void aClockBeforeTheProgramWasBuiltIsAProblem() throws IOException {
        Path program = Files.writeString(folder.resolve("program.jar"), "");
        assertThat(MachineChecks.clock(Instant.parse("1970-01-01T00:00:10Z"), Optional.of(program))
                        .verdict())
                .isEqualTo(Check.Verdict.PROBLEM);
        assertThat(MachineChecks.clock(Instant.now(), Optional.of(program)).verdict())
                .isEqualTo(Check.Verdict.OK);
    }

    @Test
    void aFolderMustBeOneThatCanBeWritten() throws IOException {
        assertThat(ServerChecks.folder(folder.resolve("a/b")).verdict()).isEqualTo(Check.Verdict.OK);
        assertThat(folder).as("nothing is left behind").isEmptyDirectory();
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(ServerChecks.folder(file.resolve("data")).found()).contains("is a file");
    }
}
