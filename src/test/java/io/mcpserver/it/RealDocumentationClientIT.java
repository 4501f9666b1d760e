package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The main job on real input: documentation of this machine is imported, and clients that nobody here
 * wrote find answers in it over each transport.
 */
@Tag("side-by-side")
class RealDocumentationClientIT {

    private static final String COLLECTION = "documentation";
    private static final int LOOKED_AT = 5;

    @TempDir
    private static Path directory;

    private static List<Path> folders;
    private static List<Question> questions;

    @BeforeAll
    static void importDocumentation() {
        folders = MachineDocumentation.gather(directory.resolve("gathered"));
        questions = Question.answeredIn(folders);
        RunningServer imported = importAll();
        assertThat(imported.exitCode())
                .as(imported.stdout().text() + imported.stderr().text())
                .isZero();
    }

    private static RunningServer importAll() {
        List<String> arguments = new ArrayList<>(List.of("import"));
        folders.forEach(folder -> arguments.add(folder.toString()));
        arguments.addAll(List.of("--collection", COLLECTION));
        return ServerLaunch.in(directory).args(arguments.toArray(String[]::new)).runToEnd();
    }

    @Test
    void someThousandPassagesAreImportedAndImportedOnce() {
        assertThat(questions).hasSizeGreaterThanOrEqualTo(5);
        int documents = documents();

        RunningServer again = importAll();

        assertThat(again.exitCode()).isZero();
        assertThat(documents()).isEqualTo(documents).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({"sse, sse, /sse", "http-stream, http, /mcp", "http-stream, http, /stream"})
    void theSdkAndTheInspectorFindAnswersOverHttp(String transport, String clientTransport, String path) {
        try (RunningServer server =
                ServerLaunch.in(directory).serving(transport).startReady()) {
            String url = server.uri(path).toString();

            assertAnswersAreFound(npm().run("find.mjs", task(clientTransport).put("url", url)));
            assertInspectorFindsAnAnswer(List.of("--transport", clientTransport, "--server-url", url));

            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void theSdkFindsAnswersOverStdio() {
        ObjectNode task = task("stdio");
        task.putArray("command").add(ServerLaunch.launcher().toString());
        ObjectNode environment = task.putObject("environment");
        ServerLaunch.in(directory).environment().forEach(environment::put);

        assertAnswersAreFound(npm().run("find.mjs", task));
    }

    @Test
    void theInspectorFindsAnswersOverStdio() {
        List<String> target = new ArrayList<>();
        target.add(ServerLaunch.launcher().toString());
        ServerLaunch.in(directory)
                .environment()
                .forEach((name, value) -> target.addAll(List.of("-e", name + "=" + value)));

        assertInspectorFindsAnAnswer(target);
    }

    private static NpmPrograms npm() {
        return new NpmPrograms(directory);
    }

    private static ObjectNode task(String clientTransport) {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("transport", clientTransport).put("collection", COLLECTION).put("limit", LOOKED_AT);
        ArrayNode queries = task.putArray("queries");
        questions.forEach(question -> queries.add(question.text()));
        return task;
    }

    private static void assertAnswersAreFound(JsonNode answer) {
        SoftAssertions.assertSoftly(softly -> {
            for (int i = 0; i < questions.size(); i++) {
                Question question = questions.get(i);
                softly.assertThat(paths(answer.at("/found/" + i)))
                        .as(question.text())
                        .anyMatch(question::isAnsweredBy);
            }
            softly.assertThat(answer.get("tools"))
                    .extracting(JsonNode::asText)
                    .contains("storage_save", "storage_load", "storage_delete", "storage_query", "storage_search")
                    .contains("storage_collections", "calculator_add");
            softly.assertThat(answer.get("prompts")).isNotEmpty();
            softly.assertThat(answer.get("templates"))
                    .extracting(JsonNode::asText)
                    .contains("storage://{collection}/{id}");
            softly.assertThat(answer.at("/resource/text").asText())
                    .contains(
                            answer.at("/found/0/0/document/content/source/path").asText());
            softly.assertThat(answer.at("/own/0")).isEqualTo(answer.at("/saved/0/id"));
            softly.assertThat(answer.at("/documents/0/content")).isEqualTo(answer.get("note"));
            softly.assertThat(answer.get("deleted").asInt()).isOne();
            softly.assertThat(answer.get("errors")).isEmpty();
        });
    }

    private static void assertInspectorFindsAnAnswer(List<String> target) {
        Question question = questions.getFirst();
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        arguments.put("query", question.text()).put("collection", COLLECTION).put("limit", LOOKED_AT);
        List<String> call = new ArrayList<>(target);
        call.addAll(List.of("--method", "tools/call", "--tool-name", "storage_search"));
        call.addAll(List.of("--tool-args-json", arguments.toString()));

        JsonNode result = npm().inspect(call);

        assertThat(paths(result.at("/structuredContent/hits"))).anyMatch(question::isAnsweredBy);
        assertThat(result.at("/content/0/text").asText()).isNotBlank();
    }

    private static List<String> paths(JsonNode hits) {
        List<String> paths = new ArrayList<>();
        hits.forEach(hit -> paths.add(hit.at("/document/content/source/path").asText()));
        return paths;
    }

    /** How many the collection holds, as the server says over stdio. */
    private static int documents() {
        try (RunningServer server = ServerLaunch.in(directory).start()) {
            server.send("""
                    {"jsonrpc":"2.0","id":1,"method":"tools/call",\
                    "params":{"name":"storage_collections","arguments":{}}}""");
            JsonNode answer = NpmPrograms.json(server.stdout().awaitLine(line -> true, Duration.ofMinutes(1)));
            assertThat(server.closeInput().awaitExit(Duration.ofSeconds(30))).isZero();
            for (JsonNode collection : answer.at("/result/structuredContent/collections")) {
                if (collection.get("name").asText().equals(COLLECTION)) {
                    return collection.get("documents").asInt();
                }
            }
            throw new AssertionError("No collection " + COLLECTION + " in " + answer);
        }
    }
}
