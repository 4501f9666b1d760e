package io.mcpserver.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.FlagValue;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.Logging.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloaderTest {

    private static final String KEY = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
    private static final String OTHER_KEY = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";
    private static final String SECRET = "a secret of more than 32 characters";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final List<FlagValue> flags = new ArrayList<>();
    private final RecordedStep first = new RecordedStep();
    private final RecordedStep second = new RecordedStep();

    private boolean production;
    private LiveConfig live;
    private Reloader reloader;

    @Test
    void aLiveKeyTakesEffectAndTheGenerationGrows() {
        start("logging: {level: INFO}");
        write("logging: {level: DEBUG}");

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.APPLIED);
        assertThat(reload.changed()).containsExactly("logging.level").isEqualTo(reload.applied());
        assertThat(reload.needsRestart()).isEmpty();
        assertThat(reload.generation()).isEqualTo(live.generation()).isEqualTo(2);
        assertThat(live.now().logging().level()).isEqualTo(Level.DEBUG);
    }

    @Test
    void aKeyThatNeedsARestartKeepsItsOldValueWhileLiveOnesTakeEffect() {
        start("transport: {type: http-stream, port: 8000}");
        write("transport: {type: http-stream, port: 9000, allowed_hosts: [a.example]}");

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.APPLIED);
        assertThat(reload.changed()).containsExactly("transport.port", "transport.allowed_hosts");
        assertThat(reload.applied()).containsExactly("transport.allowed_hosts");
        assertThat(reload.needsRestart()).containsExactly(new PendingKey("transport.port", Optional.of(8000L)));
        assertThat(live.now().transport().port()).isEqualTo(8000);
        assertThat(live.now().transport().allowedHosts()).containsExactly("a.example");
        // It is still to come, also for the next reload.
        assertThat(reload().needsRestart()).isEqualTo(reload.needsRestart());
    }

    @Test
    void aReloadThatChangesNothingDoesNothing() {
        start("logging: {level: INFO}");
        write("# the same in other words\nlogging:\n  level: \"INFO\"");
        ServerConfig before = live.now();

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.UNCHANGED);
        assertThat(reload.changed()).isEmpty();
        assertThat(live.generation()).isEqualTo(1);
        assertThat(live.now()).isSameAs(before);
        assertThat(first.asked).containsExactly("prepare", "abort");
    }

    @Test
    void whatOnlyARestartCanChangeChangesNothingNow() {
        start("transport: {port: 8000}");
        write("transport: {port: 9000}");
        ServerConfig before = live.now();

        assertThat(reload().outcome()).isEqualTo(ReloadOutcome.UNCHANGED);

        assertThat(live.now()).isSameAs(before);
    }

    @Test
    void anInvalidFileChangesNothingAndTellsEveryFaultWithItsLine() {
        start("logging: {level: INFO}");
        write("logging:\n  level: DEBUG\ntransport:\n  prot: 1\n  port: 70000\n");

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.REFUSED);
        assertThat(reload.problems()).extracting(Problem::line).containsExactly(4, 5);
        assertThat(reload.applied()).isEmpty();
        assertThat(live.now().logging().level()).isEqualTo(Level.INFO);
        assertThat(live.generation()).isEqualTo(1);
        assertThat(first.asked).isEmpty();
    }

    @Test
    void afterAFaultThatWasMendedTheFileTakesEffect() {
        start("logging: {level: INFO}");
        write("logging: {level: LOUD}");
        reload();
        write("logging: {level: ERROR}");

        assertThat(reload().outcome()).isEqualTo(ReloadOutcome.APPLIED);
        assertThat(live.generation()).isEqualTo(2);
    }

    @Test
    void commandLineAndEnvironmentStillWin() {
        environment.put("MCP_LOG_LEVEL", "ERROR");
        flags.add(new FlagValue("--data", "storage.path", folder.resolve("data").toString()));
        start("logging: {level: INFO}\nperformance: {request_timeout: 5}");
        write("logging: {level: DEBUG}\nperformance: {request_timeout: 6}\nstorage: {path: elsewhere}");

        assertThat(reload().changed()).containsExactly("performance.request_timeout");
        assertThat(live.now().logging().level()).isEqualTo(Level.ERROR);
    }

    @Test
    void aDryRunChangesNothingAndSaysWhatWould() {
        start("logging: {level: INFO}");
        write("logging: {level: DEBUG}\ntransport: {port: 1}");
        first.changes = List.of("tools/a.yaml");

        Reload reload = reloader.dryRun(ReloadTrigger.HTTP);

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.DRY_RUN);
        assertThat(reload.applied()).containsExactly("logging.level", "tools/a.yaml");
        assertThat(reload.needsRestart()).extracting(PendingKey::key).containsExactly("transport.port");
        assertThat(reload.generation()).isEqualTo(1);
        assertThat(live.now().logging().level()).isEqualTo(Level.INFO);
        assertThat(first.asked).containsExactly("prepare", "abort");
        assertThat(reloader.history()).isEmpty();
        write("logging: {level: LOUD}");
        assertThat(reloader.dryRun(ReloadTrigger.HTTP).outcome()).isEqualTo(ReloadOutcome.REFUSED);
    }

    @Test
    void aFileThatIsGoneTakesNothingAway() throws IOException {
        start("security: {api_keys: [{name: a, sha256: " + KEY + "}]}");
        Files.delete(folder.resolve("config.yaml"));

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.REFUSED);
        assertThat(reload.problems().getFirst().render()).contains("config.yaml", "is gone");
        assertThat(live.now().security().apiKeys()).hasSize(1);
    }

    @Test
    void aFileThatAppearsLaterIsRead() {
        begin();
        write("logging: {level: WARNING}");

        assertThat(reload().applied()).contains("logging.level");
    }

    @Test
    void noSecretIsInWhatIsTold() {
        start("security: {secret: \"" + SECRET + "\", api_keys: [{name: a, sha256: " + KEY + "}]}\n"
                + "cache: {redis_url: \"redis://:sesame@localhost\"}\n"
                + "sources: {sales: {url: \"jdbc:postgresql://h/d\", password: sesame}}");
        write("security: {secret: \"" + SECRET + "!\", api_keys: [{name: a, sha256: " + OTHER_KEY + "}]}\n"
                + "cache: {redis_url: \"redis://:open@localhost\"}\n"
                + "sources: {sales: {url: \"jdbc:postgresql://h/e\", password: open}}");
        Reload reload = reload();
        assertThat(reload.applied()).containsExactly("cache.redis_url", "sources", "security.api_keys");
        assertThat(reload.needsRestart()).extracting(PendingKey::key).contains("security.secret");
        write("security: {secret: short, api_keys: [{name: a, sha256: " + KEY + "0}]}");

        assertThat(reload.toJson() + reload.toString() + reload().toJson() + reloader.history())
                .doesNotContain(SECRET, KEY, OTHER_KEY, "sesame", "redis://", "jdbc:", "short");
    }

    @Test
    void inProductionWhatWouldBeUnsafeIsRefused() {
        production = true;
        String open = "transport: {type: http-stream, host: 0.0.0.0, allowed_hosts: [a.example]}\n";
        flags.add(new FlagValue("--data", "storage.path", "/var/lib/mcp-server"));
        start(open + "security: {api_keys: [{name: a, sha256: " + KEY + "}]}");
        write(open);

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.REFUSED);
        assertThat(reload.problems()).extracting(Problem::key).containsExactly("security.api_keys");
        assertThat(live.now().security().apiKeys()).hasSize(1);
    }

    @Test
    void inProductionAFileThatIsSafeByItselfIsRefusedWhereItIsUnsafeWithWhatStaysInForce() {
        production = true;
        flags.add(new FlagValue("--data", "storage.path", "/var/lib/mcp-server"));
        start("transport: {type: http-stream, host: 0.0.0.0}\nsecurity: {api_keys: [{name: a, sha256: " + KEY + "}]}");
        write("transport: {type: http-stream, host: 127.0.0.1}");

        assertThat(reload().outcome()).isEqualTo(ReloadOutcome.REFUSED);
    }

    @Test
    void outsideOfProductionItIsAWarning() {
        start("transport: {type: http-stream, host: 127.0.0.1}");
        write("transport: {type: http-stream, host: 127.0.0.1, allowed_hosts: [\"*\"]}");

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.APPLIED);
        assertThat(reload.problems())
                .filteredOn(problem -> problem.key().equals("transport.allowed_hosts"))
                .extracting(Problem::severity)
                .containsExactly(Problem.Severity.WARNING);
    }

    @Test
    void theLastTenAreKeptTheNewestFirst() {
        start("performance: {request_timeout: 1}");
        for (int i = 2; i <= 13; i++) {
            write("performance: {request_timeout: " + i + "}");
            reload();
        }

        assertThat(reloader.history())
                .extracting(Reload::generation)
                .containsExactly(13L, 12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L);
    }

    @Test
    void oneStepThatFindsAProblemRefusesForAll() {
        start("logging: {level: INFO}");
        write("logging: {level: DEBUG}");
        second.problems = List.of(RecordedStep.error("no such kind"));

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.REFUSED);
        assertThat(reload.problems()).extracting(Problem::render).contains("tools/a.yaml:3: no such kind");
        assertThat(first.asked).containsExactly("prepare", "abort");
        assertThat(second.asked).containsExactly("prepare", "abort");
        assertThat(live.now().logging().level()).isEqualTo(Level.INFO);
    }

    @Test
    void aStepThatFailsRefusesAndItsReasonIsNotForEverybody() {
        start("logging: {level: INFO}");
        first.whilePreparing = () -> {
            throw new IllegalStateException("password is sesame");
        };

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.REFUSED);
        assertThat(reload.toJson().toString())
                .contains("RecordedStep", "could not be prepared")
                .doesNotContain("sesame");
        assertThat(second.asked).containsExactly("prepare", "abort");
    }

    @Test
    void stepsTakeEffectWhenTheConfigurationIsInForce() {
        start("logging: {level: INFO}");
        write("logging: {level: DEBUG}");
        first.whileCommitting = () -> live.now().logging().level();

        reload();

        assertThat(first.asked).containsExactly("prepare", "commitDEBUG");
    }

    @Test
    void aClassThatIsMissingInOnePartKeepsNoOtherFromFollowing() {
        start("logging: {level: INFO}");
        write("logging: {level: DEBUG}");
        first.whileCommitting = () -> {
            throw new NoClassDefFoundError("gone");
        };
        List<Reload> told = new ArrayList<>();
        reloader.onEnd(done -> {
            throw new NoClassDefFoundError("gone");
        });
        reloader.onEnd(told::add);

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.APPLIED);
        assertThat(reload.problems())
                .extracting(Problem::message)
                .filteredOn(message -> message.contains("did not take effect"))
                .hasSize(1);
        assertThat(second.asked).containsExactly("prepare", "commit");
        assertThat(told).containsExactly(reload);
    }

    @Test
    void whatAStepChangesIsAChangeOfItsOwn() {
        start("logging: {level: INFO}");
        first.changes = List.of("tools/a.yaml");

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.APPLIED);
        assertThat(reload.changed()).containsExactly("tools/a.yaml");
        assertThat(reload.generation()).isEqualTo(2);
    }

    @Test
    void whatGoesWithTheConfigurationComesIntoForceBeforeAnybodyIsTold() {
        start("logging: {level: INFO}");
        write("logging: {level: DEBUG}");
        LiveConfig.Companion<String> tools = live.companion("old");
        second.together = List.of(tools.next("new"));
        List<String> seen = new ArrayList<>();
        live.onChange((before, after) -> seen.add(tools.now()));

        reloader.dryRun(ReloadTrigger.HTTP);
        assertThat(tools.now()).isEqualTo("old");
        reload();

        assertThat(seen).containsExactly("new");
        assertThat(tools.now()).isEqualTo("new");
    }

    @Test
    void filesThatWouldBeQuarantinedAreInTheAnswer() {
        start("logging: {level: INFO}");
        write("logging: {level: DEBUG}");
        first.quarantined = List.of("tools/a.yaml");

        assertThat(reloader.dryRun(ReloadTrigger.HTTP).toJson().path("quarantined"))
                .extracting(JsonNode::textValue)
                .containsExactly("tools/a.yaml");
        assertThat(reload().outcome()).isEqualTo(ReloadOutcome.APPLIED);
    }

    @Test
    void aStepThatCannotSayWhatItMadeReadyRefusesAndNothingIsLeftReady() {
        start("logging: {level: INFO}");
        write("logging: {level: DEBUG}");
        second.problems = null;

        assertThat(reload().outcome()).isEqualTo(ReloadOutcome.REFUSED);

        assertThat(first.asked).containsExactly("prepare", "abort");
        assertThat(second.asked).containsExactly("prepare", "abort");
        assertThat(live.now().logging().level()).isEqualTo(Level.INFO);
    }

    @Test
    void aPartThatDoesNotFollowIsToldAndTheRestTakesEffect() {
        start("logging: {level: INFO}");
        write("logging: {level: DEBUG}");
        live.onChange((before, after) -> {
            throw new IllegalStateException("sesame");
        });

        Reload reload = reload();

        assertThat(reload.outcome()).isEqualTo(ReloadOutcome.APPLIED);
        assertThat(reload.problems()).extracting(Problem::severity).contains(Problem.Severity.WARNING);
        assertThat(reload.problems().toString()).contains("did not follow").doesNotContain("sesame");
        assertThat(first.asked).containsExactly("prepare", "commit");
    }

    @Test
    void aSecondReloadWaitsForTheFirst() throws Exception {
        start("logging: {level: INFO}");
        write("logging: {level: DEBUG}");
        CountDownLatch go = new CountDownLatch(1);
        first.whilePreparing = () -> awaitUninterrupted(go);
        Thread one = Thread.ofPlatform().start(this::reload);
        Awaitility.await().until(() -> first.asked.contains("prepare"));
        Thread other = Thread.ofPlatform().start(this::reload);
        Awaitility.await().until(() -> other.getState() == Thread.State.WAITING);
        assertThat(first.asked).containsExactly("prepare");

        go.countDown();
        one.join();
        other.join();

        assertThat(first.asked).containsExactly("prepare", "commit", "prepare", "abort");
        assertThat(reloader.history())
                .extracting(Reload::outcome)
                .containsExactly(ReloadOutcome.UNCHANGED, ReloadOutcome.APPLIED);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reload reload() {
        return reloader.reload(ReloadTrigger.SIGNAL);
    }

    private void start(String yaml) {
        write(yaml);
        begin();
    }

    private void begin() {
        ConfigRequest request = new ConfigRequest(Optional.empty(), flags, environment, folder, folder);
        LoadedConfig loaded = new ConfigLoader(ConfigSchema.load()).load(request);
        live = new LiveConfig(loaded.valid().orElseThrow(() -> new AssertionError(loaded.problems())));
        reloader = new Reloader(live, request, loaded, production, List.of(first, second));
    }

    private void write(String yaml) {
        try {
            Files.writeString(folder.resolve("config.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
