package io.mcpserver.tool.dropin;

import static io.mcpserver.tool.dropin.DropIns.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.InputRequired;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.TestClient;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolOutcome.NeedsCapability;
import io.mcpserver.tool.ToolOutcome.NeedsInput;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.file.LoadedFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tool in Java knows its caller, and speaks with its client. */
@Timeout(120)
class CallContextTest {

    private static final String ASKS = """
            @Tool(description = "Asks.") static String ask(ToolContext context) {
                return context.ask("Your name?") + " " + context.confirm("Sure?") + " "
                        + context.choose("Which?", List.of("a", "b"));
            }""";

    @TempDir
    Path folder;

    private DropIns dropIns;

    @BeforeEach
    void open() {
        dropIns = new DropIns(folder);
    }

    @AfterEach
    void close() {
        dropIns.close();
    }

    @Test
    void theCallerIsKnownByNameNamespaceAndClaims() {
        LoadedFile file = dropIns.members("""
                @Tool(description = "Says.") static String who(ToolContext context, String greeting) {
                    Caller caller = context.caller();
                    return greeting + " " + caller.name() + " of " + caller.namespace() + " " + caller.claims().get("team");
                }""");
        ToolCaller caller =
                new ToolCaller("ann", "research", Optional.empty(), Optional.empty(), Map.of("team", "blue"));
        ToolOutcome outcome = dropIns.call(tool(file, "who"), Map.of("greeting", "Hello"), caller, ToolClient.SILENT);
        assertThat(((Success) outcome).result().text()).isEqualTo("Hello ann of research blue");
        assertThat(tool(file, "who").inputSchema().at("/properties")).hasSize(1);
    }

    @Test
    void progressAndLogReachTheClient() {
        LoadedFile file = dropIns.members("""
                @Tool(description = "Works.") static void work(ToolContext context) {
                    context.progress(1, 2, "half");
                    context.log(System.Logger.Level.WARNING, "careful");
                    context.log(System.Logger.Level.OFF, "nothing");
                }""");
        TestClient client = new TestClient("{}");
        dropIns.call(tool(file, "work"), "{}", client);
        assertThat(client.steps()).containsExactly(new TestClient.Step(1, 2, "half"));
        assertThat(client.logged()).containsExactly("WARNING careful");
    }

    @Test
    void theTimeLeftIsThatOfTheTool() {
        LoadedFile file = dropIns.members("""
                @Tool(description = "x", timeoutSeconds = 5) static long ours(ToolContext context) { return context.timeLeft().toSeconds(); }
                @Tool(description = "x") static long theirs(ToolContext context) { return context.timeLeft().toSeconds(); }""");
        assertThat(Long.parseLong(dropIns.answer(file, "ours", "{}").text())).isBetween(0L, 5L);
        assertThat(Long.parseLong(dropIns.answer(file, "theirs", "{}").text())).isBetween(6L, 60L);
    }

    @Test
    void theUserIsAskedAndAnswers() {
        assertThat(asked("{'action': 'accept', 'content': {'answer': 'a'}}"))
                .isEqualTo("Optional[a] false Optional[a]");
        assertThat(asked("{'action': 'accept', 'content': {'answer': true}}"))
                .isEqualTo("Optional.empty true Optional.empty");
        assertThat(asked("{'action': 'decline', 'content': {'answer': 'a'}}"))
                .isEqualTo("Optional.empty false Optional.empty");
        assertThat(asked("{'action': 'accept'}")).isEqualTo("Optional.empty false Optional.empty");
    }

    @Test
    void eachQuestionHasAKeyOfItsOwnThatIsTheSameInEachRun() {
        TestClient client = new TestClient("{'action': 'cancel'}", ClientFeature.ELICITATION);
        dropIns.call(tool(dropIns.members(ASKS), "ask"), "{}", client);
        assertThat(client.asked()).containsOnlyKeys("question-1", "question-2", "question-3");
        assertThat(((Question.Elicitation) client.asked().get("question-3")).requestedSchema())
                .hasToString(
                        "{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"string\",\"enum\":[\"a\",\"b\"]}},\"required\":[\"answer\"]}");
    }

    @Test
    void aClientWithoutASessionIsAskedInTheAnswer() {
        ToolClient client = new TestClient("{}", ClientFeature.ELICITATION) {
            @Override
            public Map<String, com.fasterxml.jackson.databind.node.ObjectNode> ask(Map<String, Question> questions) {
                throw new InputRequired(questions);
            }
        };
        ToolOutcome outcome = dropIns.call(tool(dropIns.members(ASKS), "ask"), "{}", client);
        assertThat(((NeedsInput) outcome).questions()).containsOnlyKeys("question-1");
    }

    @Test
    void aClientThatCannotAskIsToldWhatItNeeds() {
        LoadedFile file = dropIns.members(ASKS + """
                @Tool(description = "x") static boolean able(ToolContext context) { return context.canAsk(); }""");
        assertThat(dropIns.call(tool(file, "ask"), "{}", ToolClient.SILENT)).isInstanceOf(NeedsCapability.class);
        assertThat(dropIns.answer(file, "able", "{}").text()).isEqualTo("false");
    }

    private String asked(String answer) {
        LoadedFile file = dropIns.members(ASKS);
        ToolOutcome outcome = dropIns.call(tool(file, "ask"), "{}", new TestClient(answer, ClientFeature.ELICITATION));
        return ((Success) outcome).result().text();
    }
}
