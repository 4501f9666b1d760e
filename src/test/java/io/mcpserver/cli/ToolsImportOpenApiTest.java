package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.declarative.http.client.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsImportOpenApiTest {

    private static final String SPEC = """
            {"openapi": "3.0.0", "info": {"title": "T", "version": "1"},
             "servers": [{"url": "https://api.example.com"}],
             "components": {"securitySchemes": {"b": {"type": "http", "scheme": "bearer"}}},
             "security": [{"b": []}],
             "paths": {"/status": {"get": {"operationId": "getStatus", "responses": {"200": {"description": "ok",
               "content": {"application/json": {"example": {"up": true}}}}}, "options": {}}, "trace": {"responses": {}}}}}
            """;

    @TempDir
    Path folder;

    Path spec;
    Path out;

    @BeforeEach
    void write() throws IOException {
        spec = Files.writeString(folder.resolve("spec.json"), SPEC);
        out = folder.resolve("tools/status.yaml");
        Files.createDirectory(out.getParent());
        Files.writeString(folder.resolve("config.yaml"), "storage: {path: ./data}\nembedding: {model: none}\n");
    }

    @Test
    void aFileIsWrittenThatIsValidAndAsksNobodyWhenItIsChecked() {
        CommandRun run = run(spec.toString(), "--out", out.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("was written: 1 tool.");
        assertThat(run.err())
                .contains("warning: /status: the method trace is left out")
                .contains("T_B");
        CommandRun checked = CommandRun.of(
                "validate-config", "--config", folder.resolve("config.yaml").toString());
        assertThat(checked.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(checked.out() + checked.err()).contains("1 tool").contains("0 tests passed");
    }

    @Test
    void withoutAFileItIsPrintedAndNothingElse() {
        CommandRun run = run(spec.toString(), "--prefix", "my");
        assertThat(run.out()).startsWith("# T 1\n").contains("name: my_get_status");
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Files.writeString(out, "mine");
        assertThat(run(spec.toString(), "--out", out.toString()).exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(out).hasContent("mine");
    }

    @Test
    void anAddressIsAskedOnlyWhenTheCommandSaysSoAndTheGuardLetsIt() throws IOException {
        try (TestSite site = TestSite.open().says("/spec", 200, "application/json", SPEC)) {
            assertThat(run(site.url("/spec")).err()).contains("--fetch");
            assertThat(run(
                                    site.url("/spec"),
                                    "--fetch",
                                    "--config",
                                    folder.resolve("config.yaml").toString())
                            .err())
                    .contains("tools.allowed_hosts");
            assertThat(site.asked()).isEmpty();
            Path allowing = Files.writeString(
                    folder.resolve("allowing.yaml"),
                    "tools: {allowed_hosts: [\"127.0.0.1:%d\"]}\n".formatted(site.port()));
            assertThat(run(site.url("/spec"), "--fetch", "--config", allowing.toString())
                            .out())
                    .contains("name: get_status");
        }
    }

    @Test
    void aFileThatIsNoDescriptionIsSaidToBeNone() throws IOException {
        Path other = Files.writeString(folder.resolve("other.yaml"), "a: b\n");
        CommandRun run = run(other.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run.err()).contains("is no description of OpenAPI");
    }

    private static CommandRun run(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "tools";
        all[1] = "import-openapi";
        System.arraycopy(args, 0, all, 2, args.length);
        return CommandRun.of(all);
    }
}
