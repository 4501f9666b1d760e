package io.mcpserver.tool.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.PromptSpec.Message;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolCaller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptsAndResourcesTest {

    @TempDir
    Path folder;

    @Test
    void aPromptIsFilledIn() {
        KindFixture file = load("""
            prompts:
              - name: greet
                title: Greet somebody
                description: A greeting.
                arguments: [{name: who, description: whom, required: true}, {name: how}]
                messages:
                  - {role: user, text: "Greet ${who} ${how}."}
                  - {role: assistant, text: "I greet."}
            """);
        PromptSpec prompt = file.loaded().offer().prompts().getFirst();
        assertThat(prompt.title()).isEqualTo("Greet somebody");
        assertThat(prompt.arguments())
                .containsExactly(
                        new PromptSpec.Argument("who", "whom", true), new PromptSpec.Argument("how", "", false));
        assertThat(prompt.rendering().messages(Map.of("who", "${how}", "how", "loudly"), ToolCaller.ANYBODY))
                .isEqualTo(List.of(new Message("user", "Greet ${how} loudly."), new Message("assistant", "I greet.")));
    }

    @Test
    void aPromptKnowsItsArgumentsOnly() {
        assertThat(KindFixture.load("""
                prompts:
                  - {name: greet, arguments: [{name: who}], messages: [{text: "Greet ${whom}."}]}
                """, TestSurroundings.in(folder)).faults())
                .singleElement()
                .asString()
                .startsWith("tools.yaml:2: prompts[0].messages[0].text: ${whom} is no input")
                .endsWith("did you mean \"who\"?");
    }

    @Test
    void aResourceIsATextOrAFile() throws Exception {
        Files.writeString(folder.resolve("handbook.md"), "# Handbook\n");
        KindFixture file = load("""
            resources:
              - {uri: "docs://handbook", name: handbook, title: The handbook, mime_type: text/markdown, file: handbook.md}
              - {uri: "docs://hello", name: hello, text: "Hello ${who}"}
            """);
        ResourceSpec handbook = file.loaded().offer().resources().getFirst();
        assertThat(handbook.mimeType()).isEqualTo("text/markdown");
        assertThat(handbook.reading().text(ToolCaller.ANYBODY)).isEqualTo("# Handbook\n");
        Files.writeString(folder.resolve("handbook.md"), "# Second edition\n");
        assertThat(handbook.reading().text(ToolCaller.ANYBODY)).isEqualTo("# Second edition\n");
        ResourceSpec hello = file.loaded().offer().resources().getLast();
        assertThat(hello.mimeType()).isEqualTo("text/plain");
        assertThat(hello.reading().text(ToolCaller.ANYBODY)).isEqualTo("Hello ${who}");
    }

    @Test
    void aResourceThatIsNotThereIsTold() {
        assertThat(KindFixture.load("""
                resources:
                  - {uri: "docs://a", name: a, file: missing.md}
                  - {uri: "docs://b", name: b}
                """, TestSurroundings.in(folder)).faults())
                .containsExactly(
                        "tools.yaml:2: resources[0].file: is no file in the folder of this one",
                        "tools.yaml:3: resources[1]: needs either text or file");
    }

    private KindFixture load(String yaml) {
        KindFixture file = KindFixture.load(yaml, TestSurroundings.in(folder));
        assertThat(file.faults()).isEmpty();
        return file;
    }
}
