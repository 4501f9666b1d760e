package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    private static final Optional<String> NONE = Optional.empty();

    @TempDir
    Path folder;

    @Test
    void onlyTheHostIsNeeded() {
        assertThat(parse("redis://localhost"))
                .isEqualTo(new RedisAddress(false, "localhost", 6379, NONE, NONE, 0))
                .isEqualTo(parse("redis://localhost/"));
    }

    @Test
    void everyPartIsRead() {
        assertThat(parse("rediss://ann:p%40ss%2F%25+@redis.example.com:7000/12"))
                .isEqualTo(new RedisAddress(
                        true, "redis.example.com", 7000, Optional.of("ann"), Optional.of("p@ss/%+"), 12));
        assertThat(parse("redis://:word@[::1]:1"))
                .isEqualTo(new RedisAddress(false, "::1", 1, NONE, Optional.of("word"), 0));
    }

    @Test
    void aSecretStandsAsItIsWhateverItsCharacters() {
        assertThat(RedisAddress.parse(
                        "redis://${env.USER}:a${file:/run/p:w@d}b@host/1",
                        name -> name.startsWith("env.") ? "ann%41" : "/@:${env.X}%zz"))
                .isEqualTo(new RedisAddress(
                        false, "host", 6379, Optional.of("ann%41"), Optional.of("a/@:${env.X}%zzb"), 1));
    }

    @Test
    void theWholeAddressMayBeASecret() {
        assertThat(RedisAddress.parse("${env.REDIS}", name -> "rediss://:p@h:2/3"))
                .isEqualTo(new RedisAddress(true, "h", 2, NONE, Optional.of("p"), 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "redis://",
                "redis:///1",
                "redis://host:0",
                "redis://host:65536",
                "redis://host:port",
                "redis://host/name",
                "redis://host/200000",
                "redis://host/1/2",
                "redis://host?db=1",
                "redis://password@host",
                "redis://:pass/word@host",
                "redis://:pass%zz@host",
                "redis://ho st",
                "redis://:\uE000@host",
                "unix:///run/redis.sock"
            })
    void whatIsNoAddressIsRefusedWithoutItsText(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ")
                .hasMessageNotContaining("word@");
    }

    @Test
    void noLogHoldsThePassword() {
        assertThat(parse("rediss://ann:secret@host")).hasToString("rediss://host:6379/0");
    }

    @Test
    void anAddressThatIsNoneIsAnErrorWithItsLine() throws IOException {
        Files.writeString(
                folder.resolve("config.yaml"), "cache:\n  backend: redis\n  redis_url: redis://:secret/word@host\n");
        LoadedConfig loaded = load();
        assertThat(loaded.valid()).isEmpty();
        assertThat(loaded.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.render())
                    .contains("config.yaml:3: cache.redis_url: must be like redis://")
                    .doesNotContain("secret/word");
        });
    }

    @Test
    void aMountedSecretIsSearchedFromTheFolderOfTheFile() throws IOException {
        Files.writeString(folder.resolve("word"), "pass@word\n");
        Files.writeString(folder.resolve("config.yaml"), "cache:\n  redis_url: \"redis://:${file:word}@host\"\n");
        String url = load().valid().orElseThrow().cache().redisUrl();
        assertThat(RedisAddress.resolve(url).password()).contains("pass@word");
    }

    private LoadedConfig load() {
        return new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(
                        Optional.of(folder.resolve("config.yaml").toString()),
                        List.of(),
                        java.util.Map.of(),
                        folder,
                        folder));
    }

    private static RedisAddress parse(String text) {
        return RedisAddress.parse(text, name -> "x");
    }
}
