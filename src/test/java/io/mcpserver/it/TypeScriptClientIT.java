package io.mcpserver.it;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both lines of the TypeScript SDK on their visit. {@code @modelcontextprotocol/sdk} speaks the
 * revisions with sessions; {@code @modelcontextprotocol/client} those and the one without, pinned to
 * it, left to find out, or told to be as before. HTTP+SSE exists in the older revisions only.
 */
class TypeScriptClientIT {

    private static final String FIRST_LINE = "client-v1.mjs";
    private static final String SECOND_LINE = "client-v2.mjs";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "over {1} at {2}")
    @CsvSource({"http-stream, http, /mcp", "http-stream, http, /stream", "sse, sse, /sse"})
    void theFirstLine(String transport, String clientTransport, String path) {
        try (RunningServer server =
                ClientVisit.launch(directory).serving(transport).startReady()) {
            ClientVisit.to(clientTransport, server.uri(path))
                    .watching(server)
                    .by(FIRST_LINE, directory)
                    .listedCalledAndRead()
                    .sawTheUpdate()
                    .cancelled()
                    .andTheServerLeftOff();
        }
    }

    @Test
    void theFirstLineStartsTheServer() {
        starting()
                .by(FIRST_LINE, directory)
                .listedCalledAndRead()
                .sawTheUpdate()
                .cancelled()
                .andTheServerEnded();
    }

    @ParameterizedTest(name = "{0} speaks {4}, over {2} at {3}")
    @CsvSource({
        "legacy, http-stream, http, /mcp, " + ClientVisit.LEGACY,
        "legacy, sse, sse, /sse, " + ClientVisit.LEGACY,
        "auto, http-stream, http, /mcp, " + ClientVisit.MODERN,
        "pinned, http-stream, http, /mcp, " + ClientVisit.MODERN,
        "pinned, http-stream, http, /stream, " + ClientVisit.MODERN
    })
    void theSecondLine(String era, String transport, String clientTransport, String path, String revision) {
        try (RunningServer server =
                ClientVisit.launch(directory).serving(transport).startReady()) {
            ClientVisit.to(clientTransport, server.uri(path))
                    .era(era)
                    .watching(server)
                    .by(SECOND_LINE, directory)
                    .spoke(revision)
                    .listedCalledAndRead()
                    .sawTheUpdate()
                    .cancelled()
                    .andTheServerLeftOff();
        }
    }

    @ParameterizedTest(name = "{0} speaks {1}, over stdio")
    @CsvSource({"legacy, " + ClientVisit.LEGACY, "auto, " + ClientVisit.MODERN, "pinned, " + ClientVisit.MODERN})
    void theSecondLineStartsTheServer(String era, String revision) {
        starting()
                .era(era)
                .by(SECOND_LINE, directory)
                .spoke(revision)
                .listedCalledAndRead()
                .sawTheUpdate()
                .cancelled()
                .andTheServerEnded();
    }

    private ClientVisit starting() {
        return ClientVisit.starting(
                List.of(ServerLaunch.launcher().toString()),
                ClientVisit.launch(directory).environment());
    }
}
