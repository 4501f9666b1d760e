package io.mcpserver.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.mcp.testing.FixedSecret;
import io.mcpserver.security.Seal;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdsTest {

    private static final String SECRET = FixedSecret.SECRET;
    private static final Instant NOW = Instant.parse("2026-07-28T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofHours(1);

    private static final ClientProfile CLIENT = new ClientProfile(
            "2025-11-25",
            new JsonObject().put("name", "é中😀").put("version", "1"),
            new JsonObject().put("sampling", new JsonObject()));

    private final SessionIds ids = ids(SECRET, NOW);

    @Test
    void whatWasSealedComesBack() {
        String id = ids.seal(CLIENT, "alice").orElseThrow();

        assertThat(id).matches("[A-Za-z0-9_-]+");
        SealedSession session = ids.open(id).orElseThrow();
        assertThat(session.client()).isEqualTo(CLIENT);
        assertThat(session.caller()).isEqualTo("alice");
        assertThat(session.expires()).isEqualTo(NOW.plus(LIFETIME));
    }

    @Test
    void noTwoIdsAreTheSame() {
        assertThat(ids.seal(CLIENT, "")).isNotEqualTo(ids.seal(CLIENT, ""));
    }

    @Test
    void anotherProcessWithTheSameSecretOpensIt() {
        String id = ids.seal(CLIENT, "").orElseThrow();

        assertThat(ids(SECRET, NOW).open(id)).map(SealedSession::client).contains(CLIENT);
    }

    @Test
    void anotherSecretOpensNothing() {
        String id = ids.seal(CLIENT, "").orElseThrow();

        assertThat(ids(SECRET + "!", NOW).open(id)).isEmpty();
    }

    @Test
    void whatWasSealedForAnotherPurposeIsNoSession() {
        byte[] plain = new SealedSession(CLIENT, "", NOW.plus(LIFETIME))
                .toJson()
                .toBuffer()
                .getBytes();

        String state = new Seal(FixedSecret.of(SECRET), "request-state").seal(plain, new byte[0]);

        assertThat(ids.open(state)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3_599})
    void untilItExpiresItIsOpened(long seconds) {
        String id = ids.seal(CLIENT, "").orElseThrow();

        assertThat(ids(SECRET, NOW.plusSeconds(seconds)).open(id)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600, 3_601, 1_000_000_000})
    void afterwardsItIsNothing(long seconds) {
        String id = ids.seal(CLIENT, "").orElseThrow();

        assertThat(ids(SECRET, NOW.plusSeconds(seconds)).open(id)).isEmpty();
    }

    @Test
    void noCharacterOfItCanBeAltered() {
        String id = ids.seal(CLIENT, "alice").orElseThrow();

        assertThat(IntStream.range(0, id.length())
                        .mapToObj(i -> id.substring(0, i) + (id.charAt(i) == 'A' ? 'B' : 'A') + id.substring(i + 1))
                        .map(ids::open))
                .allMatch(Optional::isEmpty);
        assertThat(ids.open(id + "A")).isEmpty();
        assertThat(ids.open(id.substring(1))).isEmpty();
        assertThat(ids.open("")).isEmpty();
        assertThat(ids.open("A".repeat(1_000_000))).isEmpty();
    }

    @Test
    void ofWhatTheClientSaysOfItselfOnlyTheNamesAreKept() {
        JsonObject info = CLIENT.info()
                .copy()
                .put("title", "T")
                .putNull("description")
                .put("icons", "x".repeat(100_000))
                .put("websiteUrl", "https://example.com");

        String id = ids.seal(new ClientProfile("2025-11-25", info, new JsonObject()), "")
                .orElseThrow();

        assertThat(ids.open(id).orElseThrow().client().info())
                .isEqualTo(CLIENT.info().copy().put("title", "T"));
    }

    @Test
    void whatIsTooLongForAHeaderIsNotSealed() {
        for (int length : new int[] {1, 1_000, 1_900, 2_000, 2_100, 2_200, 3_000, 100_000}) {
            JsonObject info = CLIENT.info().copy().put("title", "x".repeat(length));

            ids.seal(new ClientProfile("2025-11-25", info, new JsonObject()), "alice")
                    .ifPresentOrElse(
                            id -> {
                                assertThat(id).hasSizeLessThanOrEqualTo(SessionIds.MAX_LENGTH);
                                assertThat(ids.open(id)).isPresent();
                            },
                            () -> assertThat(length).isGreaterThan(1_900));
        }
    }

    private static SessionIds ids(String secret, Instant now) {
        return new SessionIds(new Seal(FixedSecret.of(secret), "session"), LIFETIME, Clock.fixed(now, ZoneOffset.UTC));
    }
}
