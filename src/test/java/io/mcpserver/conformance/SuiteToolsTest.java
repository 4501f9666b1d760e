package io.mcpserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.InputRequired;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.TestClient;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tools that ask answer as the suite says, whichever way their questions travel. */
class SuiteToolsTest {

    private record Call(ObjectNode arguments, ToolCaller caller, ToolClient client) implements ToolCall {

        @Override
        public <A> A arguments(Class<A> type) {
            throw new UnsupportedOperationException(type.getName());
        }
    }

    private static final String FORM = "{'action': 'accept', 'content': {'name': 'Ann', 'ok': true, 'color': 'red'}}";

    @Test
    void aNameThatTheUserGaveIsGreeted() throws Exception {
        assertThat(answer("elicitation", new TestClient(FORM, ClientFeature.ELICITATION)))
                .isEqualTo("Hello, Ann!");
    }

    @Test
    void twoRoundsAskOneAfterTheOther() throws Exception {
        TestClient once = new TestClient(FORM, ClientFeature.ELICITATION) {
            @Override
            public Map<String, ObjectNode> ask(Map<String, Question> questions) throws InterruptedException {
                if (questions.containsKey("step2")) {
                    throw new InputRequired(questions);
                }
                return super.ask(questions);
            }
        };
        assertThatThrownBy(() -> answer("multi_round", once))
                .isInstanceOfSatisfying(InputRequired.class, required -> assertThat(required.questions())
                        .containsOnlyKeys("step2"));
        assertThat(answer("multi_round", new TestClient(FORM, ClientFeature.ELICITATION)))
                .isEqualTo("Ann likes red");
    }

    @Test
    void severalQuestionsAreAskedAtOnce() throws Exception {
        TestClient client =
                new TestClient("{'content': {'name': 'Ann', 'text': 'Hi'}, 'roots': [{'uri': 'file:///a'}]}");
        assertThat(answer("multiple_inputs", client)).isEqualTo("Ann: Hi, roots: file:///a");
        assertThat(client.asked()).containsOnlyKeys("user_name", "greeting", "client_roots");
    }

    @Test
    void onlyWhatTheClientCanIsAsked() throws Exception {
        TestClient client = new TestClient("{}", ClientFeature.SAMPLING);
        answer("capabilities", client);
        assertThat(client.asked().values()).extracting(Question::needs).containsExactly(ClientFeature.SAMPLING);
    }

    @Test
    void logsThreeLines() throws Exception {
        TestClient client = new TestClient("{}");
        call(new StatelessTools(), "test_logging_tool", client);
        assertThat(client.logged()).containsExactly("INFO Step 1", "INFO Step 2", "INFO Step 3");
    }

    private static String answer(String tool, ToolClient client) throws Exception {
        return call(new InputRequiredTools(), "test_input_required_result_" + tool, client);
    }

    private static String call(ToolProvider provider, String name, ToolClient client) throws Exception {
        ToolSpec tool = provider.tools().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return tool.handler()
                .call(new Call(SuiteJson.object("{}"), ToolCaller.ANYBODY, client))
                .text();
    }
}
