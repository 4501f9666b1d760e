package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user whose system speaks another language than English; wants Debian's package {@code locales}. */
@Tag("side-by-side")
class SystemLanguageIT {

    private static final String LOCALE = "de_DE.UTF-8";

    @TempDir
    Path directory;

    @Test
    void whatTheSystemSaysOfAFaultIsUnderstoodInEveryLanguage() throws Exception {
        Path locales = Files.createDirectory(directory.resolve("locales"));
        assumeTrue(speaksGerman(locales), "this system has no German words");
        Path file = Files.writeString(directory.resolve("file"), "");
        RunningServer german = ServerLaunch.in(directory)
                .env("LOCPATH", locales.toString())
                .env("LC_ALL", LOCALE)
                .env("MCP_STORAGE_PATH", file.resolve("data").toString())
                .args("call", "storage_collections")
                .runToEnd();
        assertThat(german.awaitExit(Duration.ofSeconds(1))).isNotZero();
        assertThat(german.stderr().text() + german.stdout().text())
                .contains("make storage.path a directory that this user may write")
                .doesNotContain("Verzeichnis");
    }

    /** Whether programs speak German once the locale was made. */
    private static boolean speaksGerman(Path locales) throws InterruptedException {
        try {
            String made = locales.resolve(LOCALE).toString();
            new ProcessBuilder("localedef", "-i", "de_DE", "-f", "UTF-8", made)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            ProcessBuilder list = new ProcessBuilder("ls", "/no/such/file");
            list.environment().putAll(Map.of("LOCPATH", locales.toString(), "LC_ALL", LOCALE));
            return new String(list.start().getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                    .contains("Datei oder Verzeichnis");
        } catch (IOException e) {
            return false;
        }
    }
}
