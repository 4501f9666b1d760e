package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The service on a machine that a real systemd has booted, see {@code src/test/systemd/booted.sh}. Only with {@code
 * -Dtest.nspawn=true}: it needs root, the Debian packages mmdebstrap and systemd-container, and a network.
 */
@EnabledIfSystemProperty(
        named = "test.nspawn",
        matches = "true",
        disabledReason = "It boots a system: -Dtest.nspawn=true")
class BootedSystemdIT {

    @Test
    void theServiceIsInstalledLivesAndEndsAsItShould() throws Exception {
        Process script = new ProcessBuilder(
                        "src/test/systemd/booted.sh",
                        System.getProperty("test.distribution"),
                        System.getProperty("java.home"))
                .redirectErrorStream(true)
                .start();
        script.getOutputStream().close();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(said);

        assertThat(script.waitFor()).as(said).isZero();
        assertThat(said).contains("ok    data, configuration and user are gone").doesNotContain("WRONG");
    }
}
