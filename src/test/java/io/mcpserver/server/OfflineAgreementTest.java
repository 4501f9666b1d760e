package io.mcpserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.discovery.DiscoveryReport;
import io.mcpserver.tool.discovery.FileState;
import io.mcpserver.tool.discovery.FolderSurroundings;
import io.mcpserver.tool.discovery.OfferedName;
import io.mcpserver.tool.discovery.OfferedName.Kind;
import io.mcpserver.tool.discovery.ProgramNames;
import io.mcpserver.tool.discovery.Reason;
import io.mcpserver.tool.discovery.SharedParts;
import io.mcpserver.tool.discovery.ToolDiscovery;
import io.mcpserver.tool.offline.OfflineTools;
import io.quarkiverse.mcp.server.PromptManager;
import io.quarkiverse.mcp.server.PromptManager.PromptInfo;
import io.quarkiverse.mcp.server.ResourceManager;
import io.quarkiverse.mcp.server.ResourceManager.ResourceInfo;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of tool files is what a server does with them. */
@QuarkusTest
@TestProfile(ToolTestProfile.class)
class OfflineAgreementTest {

    private static final String HELLO = "tools: [{name: %s, description: Says hello., text: hello}]";
    private static final long TOO_MANY_BYTES = (64L << 20) + 1;

    @Inject
    LiveConfig live;

    @Inject
    ToolCatalog catalog;

    @Inject
    PromptManager prompts;

    @Inject
    ResourceManager resources;

    @Inject
    StoreService stores;

    @Inject
    SharedParts shared;

    @TempDir
    Path folder;

    @AfterEach
    void offerNothing() {
        catalog.replace(Offer.NOTHING);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Links need a right there")
    void bothSayTheSameOfAFolderThatIsHostile() throws IOException {
        ServerConfig config = hostile(false);

        DiscoveryReport server = serverOf(config);

        try (OfflineTools offline = new OfflineTools(config)) {
            assertThat(states(offline)).isEqualTo(server.files());
            assertThat(offline.problems()).isEqualTo(server.problems());
        }
        assertThat(server.files())
                .filteredOn(file -> file.state() == FileState.State.LIVE)
                .extracting(FileState::name)
                .containsExactly("a_first.yaml", "failing.yaml", "link_inside.yaml", "z_other.yaml");
        assertThat(server.files())
                .filteredOn(file -> file.reason().equals(Optional.of(Reason.UNREADABLE)))
                .extracting(FileState::name)
                .containsExactly("large.yaml", "link_outside.yaml");
        assertThat(server.problems()).hasSize(2);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Links need a right there")
    void bothGiveANameToTheNextFileWhereTheFirstFailsItsTests() throws IOException {
        ServerConfig config = hostile(true);

        DiscoveryReport server = serverOf(config);

        try (OfflineTools offline = new OfflineTools(config)) {
            assertThat(states(offline)).isEqualTo(server.files());
        }
        assertThat(server.files())
                .filteredOn(file -> file.tools().contains("failing"))
                .extracting(FileState::name)
                .containsExactly("failing_too.yaml");
    }

    @Test
    void bothFindNothingWhereFilesAreNotDiscovered() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), HELLO.formatted("a"));
        ServerConfig config = config(List.of(folder), false, false);

        assertThat(serverOf(config).files()).isEmpty();
        try (OfflineTools offline = new OfflineTools(config)) {
            assertThat(offline.inDirectories()).isEmpty();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Links need a right there")
    void aFileThatIsNamedIsHeldAgainstTheSameRules() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.yaml"), HELLO.formatted("outside"));
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path link = Files.createSymbolicLink(tools.resolve("link.yaml"), outside);
        try (OfflineTools offline = new OfflineTools(config(List.of(), true, false))) {
            assertThat(offline.read(List.of(outside, link, tools, tools.resolve("gone.yaml"))))
                    .extracting(file -> file.problems().stream()
                            .map(problem -> problem.message())
                            .findFirst()
                            .orElse(""))
                    .containsExactly(
                            "",
                            "is a link to a file outside of its folder; copy the file instead",
                            "is of no format that holds tools",
                            "is not there, or is a folder");
        }
    }

    @Test
    void theNamesThatComeWithTheProgramAreKnownWithoutAServer() throws IOException {
        CatalogOutlet server = new CatalogOutlet(catalog);
        List<String> tools = catalog.tools().stream()
                .map(ToolSpec::name)
                .filter(name -> catalog.ownerOfTool(name)
                        .filter(OfflineAgreementTest::comesWithTheProgram)
                        .isPresent())
                .toList();

        assertThat(tools).contains("storage_save", "tools_call").allSatisfy(name -> agreed(server, Kind.TOOL, name));
        try (Stream<Path> schemas = Files.list(Path.of("src/main/resources/io/mcpserver/tool/schema"))) {
            assertThat(schemas.map(file -> file.getFileName().toString().replace(".json", "")))
                    .allSatisfy(name -> agreed(server, Kind.TOOL, name));
        }
        assertThat(prompts)
                .extracting(PromptInfo::name)
                .filteredOn(name -> !name.startsWith("test_"))
                .isNotEmpty()
                .allSatisfy(name -> agreed(server, Kind.PROMPT, name));
        assertThat(resources)
                .extracting(ResourceInfo::uri)
                .filteredOn(uri -> !uri.startsWith("test://"))
                .allSatisfy(uri -> agreed(server, Kind.RESOURCE, uri));
        agreed(server, Kind.RESOURCE, "storage://notes/a");
        for (Kind kind : Kind.values()) {
            OfferedName free = new OfferedName(kind, "free");
            assertThat(ProgramNames.owner(free)).isEmpty();
            assertThat(server.owner(free)).isEmpty();
        }
    }

    /** Tests bring tools of their own. */
    private static boolean comesWithTheProgram(String provider) {
        return Files.exists(Path.of("target/classes", provider.replace('.', '/') + ".class"));
    }

    private static void agreed(CatalogOutlet server, Kind kind, String name) {
        OfferedName offered = new OfferedName(kind, name);
        assertThat(ProgramNames.owner(offered)).as(name).isEqualTo(server.owner(offered));
    }

    private DiscoveryReport serverOf(ServerConfig config) {
        try (ToolDiscovery discovery = new ToolDiscovery(
                () -> config,
                directory -> new FolderSurroundings(directory, () -> config, stores::store, shared),
                new CatalogOutlet(catalog))) {
            return discovery.look();
        }
    }

    private static List<FileState> states(OfflineTools offline) {
        return offline.inDirectories().stream().map(file -> file.seen().state()).toList();
    }

    /** Two folders, one of them listed in two ways, with much that is wrong; and two that are none. */
    private ServerConfig hostile(boolean tested) throws IOException {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path more = Files.createDirectory(folder.resolve("more"));
        Path sameAgain = Files.createSymbolicLink(folder.resolve("same_again"), tools);
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Path outside = Files.writeString(folder.resolve("outside.yaml"), HELLO.formatted("outside"));

        write(tools, "a_first.yaml", HELLO.formatted("clash"));
        write(tools, "b_clash.yaml", HELLO.formatted("clash"));
        write(tools, "bomb.yaml", "a: &a [x, x]\nb: &b [*a, *a]\ntools: [*b, *b]");
        write(tools, "broken.yaml", "tools: [{nam: broken}]");
        write(tools, "document.yaml", "resources: [{uri: \"storage://notes/a\", name: a, text: a}]");
        write(tools, "exec.yaml", "tools: [{name: runs, description: Runs., exec: {command: [\"true\"]}}]");
        String failing = "tools: [{name: failing, description: Fails., text: x, tests: [{expect: {text: %s}}]}]";
        write(tools, "failing.yaml", failing.formatted("y"));
        write(tools, "failing_too.yaml", failing.formatted("x"));
        write(tools, "own.yaml", HELLO.formatted("storage_save"));
        write(
                tools,
                "prompt.yaml",
                "prompts: [{name: how_to_use_storage, description: Mine., messages: [{role: user, text: x}]}]");
        write(tools, "twice.yaml", "tools: [{name: t, description: A., text: a}, {name: t, description: B., text: b}]");
        write(tools, ".hidden.yaml", HELLO.formatted("hidden"));
        write(tools, "README.md", "no tool");
        Files.createDirectory(tools.resolve("folder.yaml"));
        Files.write(tools.resolve("bytes.yaml"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        try (RandomAccessFile large =
                new RandomAccessFile(tools.resolve("large.yaml").toFile(), "rw")) {
            large.setLength(TOO_MANY_BYTES);
        }
        Files.createSymbolicLink(tools.resolve("link_outside.yaml"), outside);
        Files.createSymbolicLink(
                tools.resolve("link_inside.yaml"),
                Files.writeString(tools.resolve("inside.txt"), HELLO.formatted("in")));
        Files.createSymbolicLink(tools.resolve("link_nowhere.yaml"), folder.resolve("nowhere"));
        write(more, "link.yaml", HELLO.formatted("clash"));
        write(more, "z_other.yaml", HELLO.formatted("other"));
        return config(List.of(tools, more, sameAgain, tools, folder.resolve("gone"), loop, file), true, tested);
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ServerConfig config(List<Path> directories, boolean discovers, boolean tested) {
        return TestConfigs.replacing(
                TestConfigs.with(live.now(), "tools.auto_discover=" + discovers, "tools.test_before_reload=" + tested),
                "tools.directories",
                directories);
    }
}
