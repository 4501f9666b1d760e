package io.mcpserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("side-by-side")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals that a process can be asked to end by")
class SignalsTest {

    private Process program;
    private BufferedReader says;

    @BeforeEach
    void aProgramThatHangsWhenItShouldEnd() throws IOException {
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StuckProgram.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        says = program.inputReader();
        assertThat(says.readLine()).isEqualTo("running");
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
    }

    @Test
    void anEndThatHangsIsCutShortAfterTenSeconds() throws Exception {
        program.toHandle().destroy();
        assertThat(says.readLine()).isEqualTo("ending");

        assertThat(program.waitFor(Duration.ofSeconds(12))).isTrue();
        assertThat(program.exitValue()).isZero();
    }

    @Test
    void anEndWithoutASignalIsCutShortToo() throws Exception {
        program.getOutputStream().close();
        assertThat(says.readLine()).isEqualTo("ending");

        assertThat(program.waitFor(Duration.ofSeconds(12))).isTrue();
        assertThat(program.exitValue()).isZero();
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        program.toHandle().destroy();
        assertThat(says.readLine()).isEqualTo("ending");
        program.toHandle().destroy();

        assertThat(program.waitFor(Duration.ofSeconds(8))).isTrue();
        assertThat(program.exitValue()).isEqualTo(1);
    }
}
