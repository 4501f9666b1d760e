package io.mcpserver.tool.declarative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.config.Problem;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.file.LoadedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody made to do harm are refused with a clear error. */
class HostileFilesTest {

    @TempDir
    Path folder;

    @Test
    void aBillionLaughsAreNotLaughed() throws IOException {
        StringBuilder yaml = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1);
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", List.of(before, before, before, before))));
        }
        assertThat(faults(yaml.toString()))
                .singleElement()
                .asString()
                .startsWith("tools.yaml:")
                .contains("uses \"*name\" for a list or a mapping");
    }

    @Test
    void aLongTextThatIsRepeatedByAliasesIsRefused() throws IOException {
        String yaml = "a: &a \"" + "x".repeat(100_000) + "\"\nb: [" + "*a, ".repeat(1_000) + "*a]\n";
        assertThat(faults(yaml)).containsExactly("tools.yaml: has more than 2,000,000 characters, aliases written out");
    }

    @Test
    void anAliasOfItselfIsRefused() throws IOException {
        assertThat(faults("tools: &t [*t]\n")).isNotEmpty();
    }

    @Test
    void tenMegabytesAreNotRead() throws IOException {
        assertThat(faults("# " + "x".repeat(10_000_000)))
                .singleElement()
                .asString()
                .contains("is larger than");
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        assertThat(faults("tools: " + "[".repeat(10_000) + "]".repeat(10_000)))
                .containsExactly("tools.yaml:1: is nested more than 40 deep");
        assertThat(faults("tools: " + "{a: ".repeat(10_000) + "x" + "}".repeat(10_000)))
                .containsExactly("tools.yaml:1: is nested more than 40 deep");
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("tools.yaml");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff, (byte) 0xfe});
        assertThat(load(file)).singleElement().asString().contains("is not UTF-8 text");
        Files.write(file, "a: \u0000".getBytes(StandardCharsets.UTF_8));
        assertThat(load(file)).singleElement().asString().contains("control character U+0000");
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(load(file)).containsExactly("tools.yaml: is not a file");
    }

    @Test
    void tagsMakeNoObjects() throws IOException {
        assertThat(faults("tools: !!javax.script.ScriptEngineManager [x]\n")).isNotEmpty();
    }

    @Test
    void namesLeadNowhere() throws IOException {
        for (String name : List.of("../evil", "a/b", "a\\\\b", "", "x".repeat(65), "a b", "ünïcode")) {
            assertThat(faults("tools:\n  - {name: \"%s\", description: x, text: x}\n".formatted(name)))
                    .as(name)
                    .containsExactly("tools.yaml:2: tools[0].name: must be 1 to 64 of A-Z a-z 0-9 _ . -");
        }
    }

    @Test
    void aResourceStaysInTheFolderOfItsFile() throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path secret = Files.writeString(folder.resolve("secret.txt"), "s3cret");
        Files.createSymbolicLink(tools.resolve("link.txt"), secret);
        Files.writeString(tools.resolve("fine.txt"), "fine");
        for (String name :
                List.of("../secret.txt", "a/../../secret.txt", secret.toString(), "/etc/hostname", "link.txt")) {
            assertThat(resource(tools, name).problems())
                    .as(name)
                    .singleElement()
                    .extracting(Problem::render)
                    .asString()
                    .startsWith("tools.yaml:4: resources[0].file: ")
                    .contains("leads out of the folder");
        }
        assertThat(resource(tools, "../tools/fine.txt").problems()).isEmpty();
    }

    @Test
    void aFileThatBecomesALinkLaterIsNotFollowedOut() throws Exception {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path secret = Files.writeString(folder.resolve("secret.txt"), "s3cret");
        Path fine = Files.writeString(tools.resolve("fine.txt"), "fine");
        LoadedFile loaded = resource(tools, "fine.txt");
        ResourceSpec.Reading reading = loaded.offer().resources().getFirst().reading();
        assertThat(reading.text(ToolCaller.ANYBODY)).isEqualTo("fine");
        Files.delete(fine);
        Files.createSymbolicLink(fine, secret);
        assertThatThrownBy(() -> reading.text(ToolCaller.ANYBODY)).hasMessageContaining("leads out of the folder");
    }

    @Test
    void thousandsOfFaultsAreNotAllTold() throws IOException {
        StringBuilder yaml = new StringBuilder("tools:\n");
        for (int i = 0; i < 900; i++) {
            yaml.append("  - {name: \"!\", description: x}\n");
        }
        assertThat(faults(yaml.toString()))
                .hasSizeLessThan(60)
                .last()
                .asString()
                .isNotEmpty();
    }

    private LoadedFile resource(Path tools, String name) {
        return YamlToolFiles.parse(
                "resources:\n  - uri: docs://x\n    name: x\n    file: \"" + name + "\"\n",
                "tools.yaml",
                TestSurroundings.in(tools));
    }

    private List<String> faults(String yaml) throws IOException {
        return load(Files.writeString(folder.resolve("tools.yaml"), yaml));
    }

    private List<String> load(Path file) {
        LoadedFile loaded = new YamlToolFiles().load(file, "tools.yaml", TestSurroundings.in(folder));
        assertThat(loaded.usable()).isFalse();
        assertThat(loaded.offer().tools()).isEmpty();
        return loaded.problems().stream().map(Problem::render).toList();
    }
}
