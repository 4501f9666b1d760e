package io.mcpserver.mcp.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpserver.config.ProgramVersion;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.share.Greeting.Answer;
import io.mcpserver.mcp.share.Greeting.Refusal;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerDoorTest {

    @TempDir
    Path directory;

    @Test
    void theOwnerLetsAnotherProcessInAndBothHearEachOther() throws Exception {
        try (OwnerDoor door = OwnerDoor.open(config())) {
            List<OwnerDoor.Guest> guests = new CopyOnWriteArrayList<>();
            Passage early = Passage.open(config()).orElseThrow();
            door.serve(this::config, guests::add);
            Passage late = Passage.open(config()).orElseThrow();
            Awaitility.await().until(() -> guests.size() == 2);

            guests.get(0).link().say("to the first".getBytes(StandardCharsets.UTF_8));
            late.link().say("of the second".getBytes(StandardCharsets.UTF_8));

            assertThat(early.link().line(100).orElseThrow()).asString().isEqualTo("to the first");
            assertThat(guests.get(1).link().line(100).orElseThrow()).asString().isEqualTo("of the second");
            assertThat(late.owner()).isEqualTo(ProcessHandle.current().pid());
            assertThat(late.differing()).isEmpty();
            assertThat(late.longestLine()).isEqualTo(config().transport().maxBodySize());
        }
    }

    @Test
    void nobodyElseOwnsTheFolderUntilTheDoorIsClosed() {
        OwnerDoor first = OwnerDoor.open(config());
        assertThatThrownBy(() -> OwnerDoor.open(config()))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.STORE_LOCKED));
        first.shut();
        assertThatThrownBy(() -> OwnerDoor.open(config())).hasMessageContaining("in use");
        assertThat(Passage.open(config())).isEmpty();

        first.close();

        OwnerDoor.open(config()).close();
        assertThat(card()).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatLeadsToTheOwnerIsForItsUserOnly() throws IOException {
        try (OwnerDoor door = OwnerDoor.open(config())) {
            assertThat(modes(card().getParent())).isEqualTo("rwx------");
            assertThat(modes(card())).isEqualTo("rw-------");
            assertThat(modes(OwnerCard.in(folder()).orElseThrow().socket().orElseThrow()))
                    .isEqualTo("rw-------");
            assertThat(door).isNotNull();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPathThatIsTooLongForASocketIsGoneRound() throws IOException {
        Path deep = directory.resolve("d".repeat(120));
        ServerConfig config = TestConfigs.of("storage.path=" + deep);
        Path socket;
        try (OwnerDoor door = OwnerDoor.open(config)) {
            socket = OwnerCard.in(new ShareFolder(deep)).orElseThrow().socket().orElseThrow();
            assertThat(socket.startsWith(deep)).isFalse();
            assertThat(modes(socket.getParent())).isEqualTo("rwx------");
            assertThat(Passage.open(config)).isPresent();
            assertThat(door).isNotNull();
        }
        assertThat(socket.getParent()).doesNotExist();
    }

    @Test
    void whoDoesNotKnowTheSecretStaysOutAndIsToldNothingElse() throws IOException {
        try (OwnerDoor door = OwnerDoor.open(config())) {
            Answer answer = greet(new Greeting("not it", "0.0.1", 1, Map.of()));
            assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
                assertThat(refused.refusal()).isEqualTo(Refusal.SECRET);
                assertThat(refused.sentence()).doesNotContain(ProgramVersion.get());
            });
            assertThat(door).isNotNull();
        }
    }

    @Test
    void anotherVersionStaysOutAndIsToldBothVersions() throws IOException {
        try (OwnerDoor door = OwnerDoor.open(config())) {
            String secret = OwnerCard.in(folder()).orElseThrow().secret();
            Answer answer = greet(new Greeting(secret, "99.1", 1, SharedSettings.of(config())));
            assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
                assertThat(refused.refusal()).isEqualTo(Refusal.VERSION);
                assertThat(refused.sentence()).contains("99.1", ProgramVersion.get());
            });
            assertThat(door).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tools.enabled=false",
                "tools.include=storage_load",
                "tools.exclude=storage_delete",
                "tools.confirm=storage_save",
                "tools.allow_exec=true",
                "tools.allowed_hosts=example.com"
            })
    void aClientWithOtherRightsByItsOwnConfigurationIsNotServed(String setting) {
        try (OwnerDoor door = OwnerDoor.open(config())) {
            ServerConfig careful = config(setting);
            assertThatThrownBy(() -> Passage.open(careful))
                    .hasMessageContaining(setting.substring(0, setting.indexOf('=')))
                    .hasMessageContaining("pid " + ProcessHandle.current().pid())
                    .hasMessageContaining("storage.path");
            assertThat(door).isNotNull();
        }
    }

    @Test
    void anotherEngineIsNotServed() {
        try (OwnerDoor door = OwnerDoor.open(config())) {
            assertThatThrownBy(() -> Passage.open(config("storage.type=tinydb")))
                    .hasMessageContaining("storage.type");
            assertThat(door).isNotNull();
        }
    }

    @Test
    void otherToolsAreServedAndTheDifferenceIsNamed() {
        try (OwnerDoor door = OwnerDoor.open(config())) {
            Passage passage = Passage.open(config("tools.directories=elsewhere", "performance.request_timeout=7"))
                    .orElseThrow();
            assertThat(passage.differing()).containsExactly("performance.request_timeout", "tools.directories");
            assertThat(door).isNotNull();
        }
    }

    @Test
    void anOwnerThatHangsIsNamedAndSaidHowToEnd() throws IOException {
        Path socket = directory.resolve("s");
        try (ServerSocketChannel hanging = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            hanging.bind(UnixDomainSocketAddress.of(socket));
            folder().create();
            card(ProcessHandle.current().pid(), startOf(), socket);

            assertThatThrownBy(() -> Passage.open(config(), Duration.ofMillis(100)))
                    .hasMessageContaining("kill " + ProcessHandle.current().pid())
                    .hasMessageContaining("hangs");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aSocketInAFolderOfSomebodyElseIsNotTakenForTheOwners() throws IOException {
        Path foreign = Files.createDirectory(directory.resolve("foreign"));
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(foreign.resolve("s")));
            folder().create();
            card(ProcessHandle.current().pid(), startOf(), foreign.resolve("s"));
            assertThat(folder().isOurs(foreign.resolve("s"))).isTrue();

            assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a folder away");
            Files.setAttribute(foreign, "unix:uid", 65534);

            assertThat(folder().isOurs(foreign.resolve("s"))).isFalse();
            assertThat(Passage.open(config())).isEmpty();
        }
    }

    @Test
    void aPidThatBelongsToAnotherProcessByNowIsNotTakenForTheOwner() throws IOException {
        folder().create();
        card(ProcessHandle.current().pid(), Optional.of(Instant.EPOCH), directory.resolve("nobody"));

        assertThat(Passage.open(config())).isEmpty();
        assertThat(Passage.unreachable(config(), Duration.ofSeconds(12)))
                .hasMessageContaining("does not show")
                .hasMessageContaining("12 s");
    }

    @Test
    void whatAKilledOwnerLeftBehindKeepsNobodyOut() throws Exception {
        folder().create();
        card(1, Optional.of(Instant.EPOCH), folder().newSocket());
        Files.createFile(card().resolveSibling("socket"));

        Claim claim = Claim.of(config());

        assertThat(claim).isInstanceOf(Claim.Owns.class);
        try (OwnerDoor door = ((Claim.Owns) claim).door()) {
            assertThat(Passage.open(config())).isPresent();
            assertThat(door).isNotNull();
        }
    }

    @Test
    void aCardOfNonsenseLeadsNowhere() throws IOException {
        folder().create();
        for (String text :
                List.of("", "[]", "{\"pid\":1}", "{\"pid\":\"x\"}", "{\"pid\":\"1\",\"started\":\"x\"}", "{")) {
            Files.writeString(card(), text);
            assertThat(Passage.open(config())).as(text).isEmpty();
        }
    }

    @Test
    void whoSaysNonsenseOrTooMuchIsSentAway() throws IOException {
        try (OwnerDoor door = OwnerDoor.open(config())) {
            for (String nonsense : List.of("GET / HTTP/1.1\r\n\r\n", "{}\n", "[1]\n", "x".repeat(100_000))) {
                try (Link link = connect()) {
                    link.out().write(nonsense.getBytes(StandardCharsets.UTF_8));
                    assertThat(link.in().read()).as(nonsense).isNegative();
                } catch (IOException reset) {
                    // It was closed while there was more to read.
                }
            }
            assertThat(Passage.open(config())).isPresent();
            assertThat(door).isNotNull();
        }
    }

    @Test
    void noMoreThanSoManyAreInsideAndAPlaceIsFreeAgainWhenOneLeaves() {
        try (OwnerDoor door = OwnerDoor.open(config())) {
            List<OwnerDoor.Guest> guests = new CopyOnWriteArrayList<>();
            door.serve(this::config, guests::add);
            List<Passage> inside = new ArrayList<>();
            for (int i = 0; i < OwnerDoor.MOST_GUESTS; i++) {
                inside.add(Passage.open(config()).orElseThrow());
            }
            assertThatThrownBy(() -> Passage.open(config())).hasMessageContaining("serves 32 other processes");

            Awaitility.await().until(() -> guests.size() == OwnerDoor.MOST_GUESTS);
            guests.getFirst().left().run();
            guests.getFirst().left().run();

            inside.add(Passage.open(config()).orElseThrow());
            assertThatThrownBy(() -> Passage.open(config())).hasMessageContaining("serves 32 other processes");
            inside.forEach(passage -> passage.link().close());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNotShared() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(Claim.of(TestConfigs.of("storage.path=" + file))).isEqualTo(new Claim.Alone());
    }

    private Answer greet(Greeting greeting) throws IOException {
        try (Link link = connect()) {
            link.say(greeting.toLine());
            return Greeting.readAnswer(link.line(Greeting.LONGEST).orElseThrow());
        }
    }

    private Link connect() throws IOException {
        Path socket = OwnerCard.in(folder()).orElseThrow().socket().orElseThrow();
        return new Link(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    private void card(long pid, Optional<Instant> started, Path socket) throws IOException {
        new OwnerCard(pid, started, ProgramVersion.get(), Optional.of(socket), "secret").write(folder());
    }

    private static Optional<Instant> startOf() {
        return OwnerCard.startOf(ProcessHandle.current());
    }

    private ShareFolder folder() {
        return new ShareFolder(directory.resolve("data"));
    }

    private Path card() {
        return folder().card();
    }

    private ServerConfig config(String... more) {
        List<String> settings = new ArrayList<>(List.of("storage.path=" + directory.resolve("data")));
        settings.addAll(List.of(more));
        return TestConfigs.of(settings.toArray(String[]::new));
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
