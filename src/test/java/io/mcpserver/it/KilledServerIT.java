package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while many clients save has kept whatever it acknowledged. */
@Tag("side-by-side")
class KilledServerIT {

    private static final int ROUNDS = 3;
    private static final int SAVED_BEFORE_THE_KILL = 150;

    @TempDir
    private Path directory;

    @Test
    void everythingAcknowledgedIsThereAndFoundAfterKillMinusNine() throws Exception {
        SavedDocuments documents = new SavedDocuments();
        for (int round = 1; round <= ROUNDS; round++) {
            try (RunningServer server = start()) {
                documents.saveUntilTheEnd(server.uri("/mcp"), SAVED_BEFORE_THE_KILL, server::kill);
            }
            try (RunningServer server = start()) {
                documents.assertThere(server.uri("/mcp"));
                assertThat(server.stop()).isZero();
            }
        }
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            disabledReason = "the distribution has the engine's native code unpacked on Linux only")
    void itLeavesNoNativeCodeOfTheEngineBehind() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        try (RunningServer server =
                launch().javaOptions("-Djava.io.tmpdir=" + temporary).startReady()) {
            server.kill();
        }
        assertThat(temporary).isDirectoryNotContaining("glob:**{duckdb,lance}*");
    }

    private RunningServer start() {
        return launch().startReady();
    }

    private ServerLaunch launch() {
        return ServerLaunch.in(directory).env("MCP_EMBEDDING_MODEL", "none").serving("http-stream");
    }
}
