package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTextTest {

    @TempDir
    Path folder;

    @Test
    void aFileIsReadWithoutTheLineEndAtItsEnd() throws IOException {
        Files.writeString(folder.resolve("password"), "line\nlast\n");

        assertThat(SecretText.resolve("<${file:password}>", folder)).isEqualTo("<line\nlast>");
    }

    @Test
    void whatIsPutInIsNotReadAgain() throws IOException {
        Files.writeString(folder.resolve("a"), "${file:b}$1\\");
        Files.writeString(folder.resolve("b"), "b");

        assertThat(SecretText.resolve("${file:a}${file:b}${other}", folder)).isEqualTo("${file:b}$1\\b${other}");
    }

    @Test
    void aVariableOfTheEnvironmentIsTaken() {
        assertThat(SecretText.read("env.PASSWORD", folder, Map.of("PASSWORD", "secret")))
                .isEqualTo("secret");
    }

    @Test
    void whatIsMissingIsNamedByItsReference() {
        assertThatThrownBy(() -> SecretText.read("env.PASSWORD", folder, Map.of("PASSWORD", "")))
                .hasMessage("${env.PASSWORD}: the environment variable PASSWORD is not set");
        assertThatThrownBy(() -> SecretText.resolve("a ${file:gone} b", folder))
                .hasMessage("${file:gone}: the file cannot be read by this user, or is not there");
        assertThatThrownBy(() -> SecretText.read("caller.name", folder, Map.of()))
                .hasMessage("${caller.name}: must be ${env.NAME} or ${file:PATH}");
    }

    @Test
    void aFileThatIsTooLargeForASecretIsRefused() throws IOException {
        Files.write(folder.resolve("large"), new byte[65_537]);

        assertThatThrownBy(() -> SecretText.read("file:large", folder)).hasMessageContaining("larger than");
    }
}
