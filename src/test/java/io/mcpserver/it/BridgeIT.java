package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that carry one transport over another, with the server on one side and a client that
 * speaks the sessions of the older revisions on the other.
 *
 * <p>What the bridges leave out, and so do the tests: supergateway tells a client on stdio of no
 * resource that was updated, and over Streamable HTTP it lets nothing through that is as large as the
 * call that is cancelled here. mcp-remote, told to speak the newest revision to the server, answers a
 * subscription before it has it, and passes a cancellation on as a notification, where that revision
 * has the request closed.
 */
@Tag("side-by-side")
class BridgeIT {

    private static final String CLIENT = "client-v2.mjs";
    private static final String MCP_REMOTE = "mcp-remote/dist/proxy.js";
    private static final String SUPERGATEWAY = "supergateway/dist/index.js";

    @TempDir
    Path directory;

    @Test
    void mcpRemoteBringsAClientOnStdioToStreamableHttp() {
        try (RunningServer server =
                ClientVisit.launch(directory).serving("http-stream").startReady()) {
            through(mcpRemote(server, "legacy"))
                    .watching(server)
                    .by(CLIENT, directory)
                    .spoke(ClientVisit.LEGACY)
                    .listedCalledAndRead()
                    .sawTheUpdate()
                    .cancelled()
                    .andTheServerLeftOff();
        }
    }

    @Test
    void mcpRemoteBringsAClientOfSessionsToAServerWithout() {
        try (RunningServer server =
                ClientVisit.launch(directory).serving("http-stream").startReady()) {
            through(mcpRemote(server, "auto"))
                    .subscribingLate()
                    .without("cancel")
                    .by(CLIENT, directory)
                    .spoke(ClientVisit.LEGACY)
                    .listedCalledAndRead()
                    .sawUpdates();

            assertThat(RestAssured.get(server.uri("/q/metrics")).asString())
                    .contains("era=\"stateless\"")
                    .doesNotContain("era=\"stateful\"");
        }
    }

    private static List<String> mcpRemote(RunningServer server, String protocol) {
        return NpmPrograms.command(MCP_REMOTE, server.uri("/mcp").toString(), "--protocol", protocol);
    }

    @Test
    void supergatewayBringsAClientOnStdioToStreamableHttp() {
        supergatewayBringsAClientOnStdioTo("http-stream", "--streamableHttp", "/mcp");
    }

    @Test
    void supergatewayBringsAClientOnStdioToSse() {
        supergatewayBringsAClientOnStdioTo("sse", "--sse", "/sse");
    }

    private void supergatewayBringsAClientOnStdioTo(String transport, String option, String path) {
        try (RunningServer server =
                ClientVisit.launch(directory).serving(transport).startReady()) {
            through(NpmPrograms.command(SUPERGATEWAY, option, server.uri(path).toString(), "--logLevel", "none"))
                    .watching(server)
                    .without("subscribe")
                    .by(CLIENT, directory)
                    .spoke(ClientVisit.LEGACY)
                    .listedCalledAndRead()
                    .cancelled()
                    .andTheServerLeftOff();
        }
    }

    @Test
    void supergatewayServesTheProgramOverSse() {
        try (RunningServer gateway = gateway("--outputTransport", "sse")) {
            ClientVisit.to("sse", gateway.uri("/sse"))
                    .era("legacy")
                    .by(CLIENT, directory)
                    .spoke(ClientVisit.LEGACY)
                    .listedCalledAndRead()
                    .sawTheUpdate()
                    .cancelled();
        }
    }

    @Test
    void supergatewayServesTheProgramOverStreamableHttp() {
        try (RunningServer gateway = gateway("--outputTransport", "streamableHttp", "--stateful")) {
            ClientVisit.to("http", gateway.uri("/mcp"))
                    .era("legacy")
                    .without("cancel")
                    .by(CLIENT, directory)
                    .spoke(ClientVisit.LEGACY)
                    .listedCalledAndRead()
                    .sawTheUpdate();
        }
    }

    private static ClientVisit through(List<String> bridge) {
        return ClientVisit.starting(bridge, Map.of()).era("legacy");
    }

    /** One that starts the program for its clients, and says itself when it is ready. */
    private RunningServer gateway(String... options) {
        int port = ServerLaunch.freePort();
        List<String> arguments =
                new ArrayList<>(List.of("--stdio", ServerLaunch.launcher().toString()));
        arguments.addAll(List.of("--port", Integer.toString(port), "--healthEndpoint", "/q/health/ready"));
        arguments.addAll(List.of("--logLevel", "none"));
        arguments.addAll(List.of(options));
        return new NpmPrograms(directory)
                .environment(ClientVisit.launch(directory).environment())
                .start(port, SUPERGATEWAY, arguments.toArray(String[]::new))
                .awaitReady(Duration.ofSeconds(60));
    }
}
