package io.mcpserver.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    /** SHA-256 of "first" and of "second". */
    private static final ApiKeys KEYS = new ApiKeys(Map.of(
            "alice", "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e",
            "bob", "16367AACB67A4A017C8DA8AB95682CCB390863780F7114DDA0A0E0C55644C7C4"));

    @Test
    void aKeyTellsWhoCalls() {
        assertThat(KEYS.authenticate("Bearer first")).contains(new Caller("alice"));
        assertThat(KEYS.authenticate("Bearer second")).contains(new Caller("bob"));
    }

    @Test
    void theSchemeMayBeWrittenInAnyCase() {
        assertThat(KEYS.authenticate("bearer  first ")).contains(new Caller("alice"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer third",
                "Bearer First",
                "Basic first",
                "first",
                "Bearer a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e"
            })
    void anythingElseIsNobody(String authorization) {
        assertThat(KEYS.authenticate(authorization)).isEmpty();
    }

    @Test
    void keysAreDemandedOnceThereIsOne() {
        assertThat(KEYS.demanded()).isTrue();
        assertThat(new ApiKeys(Map.of()).demanded()).isFalse();
    }
}
