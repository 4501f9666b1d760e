package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user whose system speaks another language than English; wants Debian's package {@code locales}. */
@Tag("system")
@Tag("side-by-side")
class SystemLanguageIT {

    @TempDir
    Path directory;

    @Test
    void whatTheSystemSaysOfAFaultIsUnderstoodInEveryLanguage() throws Exception {
        Path locales = Files.createDirectory(directory.resolve("locales"));
        assertThat(new ProcessBuilder(
                                "localedef",
                                "-i",
                                "de_DE",
                                "-f",
                                "UTF-8",
                                locales.resolve("de_DE.UTF-8").toString())
                        .start()
                        .waitFor())
                .isZero();
        ProcessBuilder list = new ProcessBuilder("ls", "/no/such/file");
        list.environment().putAll(Map.of("LOCPATH", locales.toString(), "LC_ALL", "de_DE.UTF-8"));
        String said = new String(list.start().getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(said.contains("Datei oder Verzeichnis"), "this system has no German words");
        Path file = Files.writeString(directory.resolve("file"), "");
        RunningServer german = ServerLaunch.in(directory)
                .env("LOCPATH", locales.toString())
                .env("LC_ALL", "de_DE.UTF-8")
                .env("MCP_STORAGE_PATH", file.resolve("data").toString())
                .args("call", "storage_collections")
                .runToEnd();
        assertThat(german.awaitExit(Duration.ofSeconds(1))).isNotZero();
        assertThat(german.stderr().text() + german.stdout().text())
                .contains("make storage.path a directory that this user may write")
                .doesNotContain("Verzeichnis");
    }
}
