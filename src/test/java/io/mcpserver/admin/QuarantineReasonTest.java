package io.mcpserver.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.Problem;
import io.mcpserver.config.Problem.Severity;
import io.mcpserver.tool.discovery.FileState;
import io.mcpserver.tool.discovery.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarantineReasonTest {

    private static final List<Path> FOLDERS = List.of(Path.of("/srv/tools"), Path.of("more"));

    @Test
    void itIsTheFirstErrorWithItsLineKeyAndTheNameThatWasMeant() {
        FileState file = new FileState(
                "/srv/tools/a.yaml",
                FileState.State.QUARANTINED,
                Optional.of(Reason.FAULT),
                List.of(),
                List.of(
                        problem(Severity.WARNING, 1, "", "is doubtful", Optional.empty()),
                        problem(Severity.ERROR, 3, "tools[0].nam", "unknown key", Optional.of("name")),
                        problem(Severity.ERROR, 4, "", "another", Optional.empty())));

        assertThat(QuarantineReason.of(file, FOLDERS))
                .isEqualTo("a.yaml:3: tools[0].nam: unknown key; did you mean \"name\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "/home/ann/x.sh is no program > x.sh is no program",
                "is also defined by /srv/tools/b.yaml, which > is also defined by /srv/tools/b.yaml, which",
                "is also defined by more/b.yaml, which > is also defined by more/b.yaml, which",
                "asks https://example.com/a/b?c > asks https://example.com/a/b?c",
                "is at \"/etc/ssl/key.pem\" > is at \"key.pem\"",
                "is at C:\\Users\\ann\\key.pem; no > is at key.pem; no",
                "1/2 or a/b/c > 1/2 or a/b/c"
            })
    void noPathOfTheMachineIsInItButWhatIsConfigured(String message, String told) {
        assertThat(QuarantineReason.of(file(message), FOLDERS)).isEqualTo("a.yaml: " + told);
    }

    @Test
    void itIsOneLineOfBoundedLength() {
        assertThat(QuarantineReason.of(file("x\ny\r" + "z".repeat(10_000)), FOLDERS))
                .startsWith("a.yaml: x y zzz")
                .hasSizeLessThan(220)
                .endsWith("…");
    }

    private static FileState file(String message) {
        return new FileState(
                "/srv/tools/a.yaml",
                FileState.State.QUARANTINED,
                Optional.of(Reason.FAULT),
                List.of(),
                List.of(problem(Severity.ERROR, 0, "", message, Optional.empty())));
    }

    private static Problem problem(Severity severity, int line, String key, String message, Optional<String> nearest) {
        return new Problem(severity, "/srv/tools/a.yaml", line, 0, key, message, nearest);
    }
}
