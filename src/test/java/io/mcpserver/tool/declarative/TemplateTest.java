package io.mcpserver.tool.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.ToolCaller;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @TempDir
    Path folder;

    @Test
    void anInputIsFilledIn() {
        KindFixture file = load("""
            tools:
              - name: greet
                description: Greets.
                input:
                  who: {type: string}
                  times: {type: integer, default: 2}
                text: "Hello ${who}, ${times} times"
            """);
        assertThat(file.faults()).isEmpty();
        assertThat(file.text("greet", "{'who': 'Ann'}")).isEqualTo("Hello Ann, 2 times");
        assertThat(file.text("greet", "{'who': 'Ann', 'times': 3}")).isEqualTo("Hello Ann, 3 times");
    }

    @Test
    void whatIsFilledInIsNotReadAgain() {
        KindFixture file = load("""
            tools:
              - name: echo
                description: Echoes.
                input: {a: {type: string}, b: {type: string, default: secret}}
                text: "${a}|$${b}|$$${b}"
            """);
        assertThat(file.text("echo", "{'a': '${b} ${env.HOME} $${b}'}")).isEqualTo("${b} ${env.HOME} $${b}|${b}|$${b}");
    }

    @Test
    void anOptionalInputThatIsNotGivenIsTheEmptyText() {
        KindFixture file = load("""
            tools:
              - name: greet
                description: Greets.
                input: {who: {type: string, required: false}}
                text: "Hello ${who}!"
            """);
        assertThat(file.text("greet", "{}")).isEqualTo("Hello !");
    }

    @Test
    void anUnknownNameIsTold() {
        KindFixture file = load("""
            tools:
              - name: greet
                description: Greets.
                input: {person: {type: string}}
                text: |
                  Hello ${persn}
            """);
        assertThat(file.faults())
                .containsExactly("tools.yaml:5: tools[0].text: ${persn} is no input of this tool; there are person;"
                        + " did you mean \"person\"?");
    }

    @Test
    void aReferenceThatIsNotClosedIsTold() {
        KindFixture file = load("""
            tools:
              - {name: greet, description: Greets., text: "costs ${5"}
            """);
        assertThat(file.faults()).singleElement().asString().contains("is not closed with \"}\"");
    }

    @Test
    void aSecretCannotStandInWhatIsSeen() {
        KindFixture file = load("""
            tools:
              - {name: greet, description: Greets., text: "Hello ${env.TOKEN} ${file:/run/secrets/token}"}
            """);
        assertThat(file.faults()).hasSize(2).allMatch(fault -> fault.contains("could see the secret"));
    }

    @Test
    void aBoundInputIsNeitherSeenNorSet() {
        KindFixture file = load("""
            tools:
              - name: me
                description: Tells who calls.
                input:
                  who: {from: caller.name}
                  mail: {from: caller.claims.mail}
                  how: {type: string, default: short}
                text: "${who} ${mail} ${how}"
            """);
        ToolCaller ann =
                new ToolCaller("ann", "team", Optional.empty(), Optional.empty(), Map.of("mail", "ann@example.com"));
        assertThat(file.faults()).isEmpty();
        assertThat(file.tool("me").inputSchema().path("properties").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("how");
        assertThat(file.success("me", "{}", ann).text()).isEqualTo("ann ann@example.com short");
        assertThat(file.failure("me", "{'who': 'bob'}", ann)).hasMessageContaining("me has no argument \"who\"");
        assertThat(file.failure("me", "{}")).hasMessageContaining("me needs caller.claims.mail");
    }

    @Test
    void anInputMayBeTakenFromTheEnvironment() {
        String yaml = """
            tools:
              - name: where
                description: Tells the region.
                input: {region: {from: env.REGION, enum: [north, south]}}
                exec: {command: [cat], output: text}
            """;
        TestSurroundings surroundings =
                TestSurroundings.in(folder).config(TestConfig.of(folder, "tools: {allow_exec: true}\n"));
        KindFixture file = KindFixture.load(yaml, surroundings);
        assertThat(file.warnings())
                .containsExactly("tools.yaml:4: warning: tools[0].input.region.from: is not set now; calls fail until"
                        + " it is");
        assertThat(file.failure("where", "{}")).hasMessageContaining("env.REGION");
        surroundings.secret("env.REGION", "south");
        assertThat(file.text("where", "{}")).isEqualTo("{\"region\":\"south\"}");
        surroundings.secret("env.REGION", "moon");
        assertThat(file.failure("where", "{}")).hasMessageContaining("not what it must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text: 'It is ${token}'",
                "exec: {command: [echo, '${token}']}",
                "query: {collection: notes, where: {token: '${token}'}}",
                "search: {query: '${token}'}",
                "sql: {source: memory, statement: 'select ${token}'}"
            })
    void anInputOfTheEnvironmentStandsOnlyWhereASecretMay(String kind) {
        KindFixture file = KindFixture.load(
                """
                tools:
                  - name: leak
                    description: Tells a secret.
                    input: {token: {from: env.TOKEN}}
                    KIND
                """.replace("KIND", kind),
                TestSurroundings.in(folder)
                        .secret("env.TOKEN", "s3cret")
                        .config(TestConfig.of(folder, "tools: {allow_exec: true}\n")));
        assertThat(file.faults())
                .singleElement()
                .asString()
                .startsWith("tools.yaml:5: tools[0].")
                .endsWith("${token} cannot stand here, where a client could see the secret: the input token is taken"
                        + " from the environment");
    }

    private KindFixture load(String yaml) {
        return KindFixture.load(yaml, TestSurroundings.in(folder));
    }
}
