package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients that make one request a run: the Inspector's command line and mcporter.
 *
 * <p>Neither can subscribe to a resource, and neither can cancel a call other than by being killed.
 * mcporter speaks the revisions with sessions only, and lists no resource templates.
 */
@Tag("side-by-side")
class CommandLineClientIT {

    private static final String SAVE = """
            {"collection": "birds", "documents": [{"id": "quetzal", "content": {"text": "The quetzal flies at noon."}}]}""";
    private static final String SEARCH = """
            {"collection": "birds", "query": "when does the quetzal fly?"}""";
    private static final String URI = "storage://birds/quetzal";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} over {2} at {3}")
    @CsvSource({
        "legacy, http-stream, http, /mcp, " + ClientVisit.LEGACY,
        "legacy, sse, sse, /sse, " + ClientVisit.LEGACY,
        "auto, http-stream, http, /mcp, " + ClientVisit.MODERN,
        "modern, http-stream, http, /mcp, " + ClientVisit.MODERN
    })
    void theInspectorListsCallsAndReads(
            String era, String transport, String clientTransport, String path, String revision) {
        try (RunningServer server =
                ServerLaunch.in(directory).serving(transport).startReady()) {
            String url = server.uri(path).toString();
            inspectorListsCallsAndReads(
                    List.of("--transport", clientTransport, "--server-url", url, "--protocol-era", era), revision);
        }
    }

    @ParameterizedTest(name = "{0} over stdio")
    @CsvSource({"legacy, " + ClientVisit.LEGACY, "auto, " + ClientVisit.MODERN, "modern, " + ClientVisit.MODERN})
    void theInspectorStartsTheServer(String era, String revision) {
        List<String> target = new ArrayList<>(List.of(ServerLaunch.launcher().toString()));
        ServerLaunch.in(directory)
                .environment()
                .forEach((name, value) -> target.addAll(List.of("-e", name + "=" + value)));
        target.addAll(List.of("--protocol-era", era));
        inspectorListsCallsAndReads(target, revision);
    }

    private void inspectorListsCallsAndReads(List<String> target, String revision) {
        assertThat(inspect(target, "initialize").at("/protocolVersion").asText())
                .isEqualTo(revision);
        assertThat(inspect(target, "tools/list").at("/tools/0/name").asText()).isEqualTo("calculator_add");
        assertThat(inspect(target, "resources/templates/list")
                        .at("/resourceTemplates/0/uriTemplate")
                        .asText())
                .isEqualTo("storage://{collection}/{id}");
        assertThat(inspectorCall(target, "storage_save", SAVE)
                        .at("/saved/0/version")
                        .asInt())
                .isOne();
        assertThat(inspectorCall(target, "storage_search", SEARCH)
                        .at("/hits/0/id")
                        .asText())
                .isEqualTo("quetzal");
        assertThat(inspect(target, "resources/read", "--uri", URI)
                        .at("/contents/0/text")
                        .asText())
                .contains("flies at noon");
    }

    private JsonNode inspectorCall(List<String> target, String tool, String arguments) {
        return inspect(target, "tools/call", "--tool-name", tool, "--tool-args-json", arguments)
                .path("structuredContent");
    }

    private JsonNode inspect(List<String> target, String method, String... options) {
        List<String> arguments = new ArrayList<>(target);
        arguments.addAll(List.of("--method", method));
        arguments.addAll(List.of(options));
        return new NpmPrograms(directory).inspect(arguments);
    }

    @Test
    void mcporterListsCallsAndReadsOverStreamableHttp() throws Exception {
        try (RunningServer server =
                ServerLaunch.in(directory).serving("http-stream").startReady()) {
            mcporterListsCallsAndReads("{\"url\": \"%s\", \"allowHttp\": true}".formatted(server.uri("/mcp")));
        }
    }

    @Test
    void mcporterListsCallsAndReadsOverSse() throws Exception {
        try (RunningServer server = ServerLaunch.in(directory).serving("sse").startReady()) {
            mcporterListsCallsAndReads("{\"url\": \"%s\", \"transport\": \"sse\"}".formatted(server.uri("/sse")));
        }
    }

    @Test
    void mcporterStartsTheServer() throws Exception {
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.put("command", ServerLaunch.launcher().toString());
        ServerLaunch.in(directory).environment().forEach(definition.putObject("env")::put);
        mcporterListsCallsAndReads(definition.toString());
    }

    /** @param definition the server, as mcporter's configuration file has it */
    private void mcporterListsCallsAndReads(String definition) throws IOException {
        Path file = Files.writeString(
                directory.resolve("mcporter.json"), "{\"mcpServers\": {\"birds\": %s}}".formatted(definition));
        String configuration = file.toString();

        JsonNode list = mcporter(configuration, "list", "birds", "--json");
        JsonNode saved = mcporter(configuration, "call", "birds.storage_save", "--args", SAVE, "--output", "json");
        JsonNode found = mcporter(configuration, "call", "birds.storage_search", "--args", SEARCH, "--output", "json");
        JsonNode read = mcporter(configuration, "resource", "birds", URI, "--json");

        assertThat(list.get("tools").findValuesAsText("name")).contains("storage_save", "storage_search");
        assertThat(saved.at("/saved/0/version").asInt()).isOne();
        assertThat(found.at("/hits/0/id").asText()).isEqualTo("quetzal");
        assertThat(read.at("/content/text").asText()).isEqualTo("The quetzal flies at noon.");
    }

    private JsonNode mcporter(String configuration, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--config", configuration));
        all.addAll(List.of(arguments));
        return NpmPrograms.json(new NpmPrograms(directory).print("mcporter/dist/cli.js", all.toArray(String[]::new)));
    }
}
