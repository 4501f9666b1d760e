package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java SDK's own client, which speaks the revisions with sessions. It has no way to cancel a call
 * in the server: it can only stop to wait.
 */
@Tag("side-by-side")
class JavaClientIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final McpJsonMapper MAPPER = new JacksonMcpJsonMapper(JSON);
    private static final String URI = "storage://birds/quetzal";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    /** Tests of the framework that ran before may have left their own class loader, by which the client finds types. */
    @BeforeEach
    void findTypesWhereTheClientDoes() {
        Thread.currentThread().setContextClassLoader(JavaClientIT.class.getClassLoader());
    }

    @Test
    void itListsCallsReadsAndSubscribesOverStreamableHttp() throws Exception {
        try (RunningServer server =
                ServerLaunch.in(directory).serving("http-stream").startReady()) {
            McpClientTransport transport = HttpClientStreamableHttpTransport.builder(
                            server.uri("").toString())
                    .endpoint("/mcp")
                    .jsonMapper(MAPPER)
                    .build();

            itListsCallsReadsAndSubscribes(transport, ClientVisit.LEGACY);
        }
    }

    /** It asks for the first revision there, the one that HTTP+SSE belongs to. */
    @Test
    void itListsCallsReadsAndSubscribesOverSse() throws Exception {
        try (RunningServer server = ServerLaunch.in(directory).serving("sse").startReady()) {
            McpClientTransport transport = HttpClientSseClientTransport.builder(
                            server.uri("").toString())
                    .sseEndpoint("/sse")
                    .jsonMapper(MAPPER)
                    .build();

            itListsCallsReadsAndSubscribes(transport, "2024-11-05");
        }
    }

    @Test
    void itStartsTheServer() throws Exception {
        ServerParameters command = ServerParameters.builder(
                        ServerLaunch.launcher().toString())
                .env(ServerLaunch.in(directory).environment())
                .build();

        itListsCallsReadsAndSubscribes(new StdioClientTransport(command, MAPPER), ClientVisit.LEGACY);
    }

    private static void itListsCallsReadsAndSubscribes(McpClientTransport transport, String revision) throws Exception {
        BlockingQueue<String> updates = new LinkedBlockingQueue<>();
        try (McpSyncClient client = McpClient.sync(transport)
                .requestTimeout(LIMIT)
                .initializationTimeout(LIMIT)
                .resourcesUpdateConsumer(contents -> contents.forEach(content -> updates.add(text(content))))
                .build()) {
            assertThat(client.initialize().protocolVersion()).isEqualTo(revision);

            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .contains("storage_save", "storage_search", "calculator_add");
            assertThat(client.listResourceTemplates().resourceTemplates())
                    .extracting(McpSchema.ResourceTemplate::uriTemplate)
                    .contains("storage://{collection}/{id}");

            assertThat(save(client, "flies at noon").at("/saved/0/created").asBoolean())
                    .isTrue();
            assertThat(call(client, "calculator_add", "{\"a\": 2, \"b\": 3}")
                            .get("sum")
                            .asInt())
                    .isEqualTo(5);
            assertThat(call(client, "storage_search", "{\"query\": \"when does the quetzal fly?\"}")
                            .at("/hits/0/id")
                            .asText())
                    .isEqualTo("quetzal");
            assertThat(client.readResource(new McpSchema.ReadResourceRequest(URI))
                            .contents())
                    .singleElement()
                    .satisfies(content -> assertThat(text(content)).contains("flies at noon"));

            client.subscribeResource(new McpSchema.SubscribeRequest(URI));
            save(client, "flies at dusk");
            // The client reads the resource by itself when it is told of an update.
            assertThat(updates.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).contains("flies at dusk");
            client.unsubscribeResource(new McpSchema.UnsubscribeRequest(URI));
        }
    }

    private static JsonNode save(McpSyncClient client, String does) {
        return call(client, "storage_save", """
                {"collection": "birds", "documents": [{"id": "quetzal", "content": {"text": "The quetzal %s."}}]}""".formatted(does));
    }

    private static JsonNode call(McpSyncClient client, String tool, String arguments) {
        McpSchema.CallToolResult result = client.callTool(McpSchema.CallToolRequest.builder(tool)
                .arguments(MAPPER, arguments)
                .build());
        assertThat(result.isError()).as(tool + ": " + result).isFalse();
        return JSON.valueToTree(result.structuredContent());
    }

    private static String text(McpSchema.ResourceContents content) {
        return ((McpSchema.TextResourceContents) content).text();
    }
}
