package io.mcpserver.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.testing.FixedSecret;
import io.mcpserver.mcp.testing.StatelessMessages;
import io.mcpserver.security.Seal;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestStatesTest {

    private static final Instant NOW = Instant.parse("2026-07-28T12:00:00Z");
    private static final JsonObject ANSWERS = new JsonObject().put("name", new JsonObject().put("action", "accept"));
    private static final Request CALL =
            call("tool", new JsonObject().put("a", 1).put("b", new JsonObject()));

    private final RequestStates states = states(FixedSecret.SECRET, NOW);
    private final String state = states.seal(ANSWERS, CALL, "alice").orElseThrow();

    @Test
    void theSameRequestOfTheSameCallerBringsTheAnswersBack() {
        assertThat(states.open(state, CALL, "alice")).contains(ANSWERS);
    }

    @Test
    void membersOfTheArgumentsMayComeInAnyOrder() {
        Request again = call("tool", new JsonObject().put("b", new JsonObject()).put("a", 1));

        assertThat(states.open(state, again, "alice")).contains(ANSWERS);
    }

    @Test
    void anotherProcessWithTheSameSecretOpensIt() {
        assertThat(states(FixedSecret.SECRET, NOW).open(state, CALL, "alice")).contains(ANSWERS);
        assertThat(states(FixedSecret.SECRET + "!", NOW).open(state, CALL, "alice"))
                .isEmpty();
    }

    @Test
    void itIsForNoOtherCaller() {
        assertThat(states.open(state, CALL, "bob")).isEmpty();
        assertThat(states.open(state, CALL, "")).isEmpty();
    }

    @Test
    void itIsForNoOtherRequest() {
        JsonObject arguments = CALL.json().getJsonObject("params").getJsonObject("arguments");

        assertThat(states.open(state, call("other", arguments), "alice")).isEmpty();
        assertThat(states.open(state, call("tool", arguments.copy().put("a", 2)), "alice"))
                .isEmpty();
        assertThat(states.open(state, call("tool", arguments.copy().put("c", 2)), "alice"))
                .isEmpty();
        assertThat(states.open(state, call("tool", new JsonObject()), "alice")).isEmpty();
        assertThat(states.open(state, new Request(CALL.json(), 1, "prompts/get"), "alice"))
                .isEmpty();
    }

    @Test
    void afterTenMinutesItIsNothing() {
        assertThat(states(FixedSecret.SECRET, NOW.plusSeconds(599)).open(state, CALL, "alice"))
                .isPresent();
        assertThat(states(FixedSecret.SECRET, NOW.plusSeconds(600)).open(state, CALL, "alice"))
                .isEmpty();
    }

    @Test
    void noCharacterOfItCanBeAltered() {
        assertThat(IntStream.range(0, state.length())
                        .mapToObj(i ->
                                state.substring(0, i) + (state.charAt(i) == 'A' ? 'B' : 'A') + state.substring(i + 1))
                        .map(altered -> states.open(altered, CALL, "alice")))
                .allMatch(Optional::isEmpty);
    }

    @Test
    void answersThatAreTooLongAreNotSealed() {
        assertThat(states.seal(new JsonObject().put("a", "x".repeat(20_000)), CALL, ""))
                .isEmpty();
    }

    private static RequestStates states(String secret, Instant now) {
        return new RequestStates(new Seal(FixedSecret.of(secret), "request-state"), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Request call(String tool, JsonObject arguments) {
        return new Request(StatelessMessages.call(1, tool, arguments), 1, "tools/call");
    }
}
