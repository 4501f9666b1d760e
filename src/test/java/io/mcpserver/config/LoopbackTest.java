package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost",
                "127.0.0.1",
                "127.255.0.2",
                "::1",
                "[::1]",
                "0:0:0:0:0:0:0:1",
                "[0000:0:0::0001]",
                "::ffff:127.0.0.1"
            })
    void whatReachesOnlyThisMachine(String host) {
        assertThat(Loopback.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.example.com",
                "127.0.0.1.example.com",
                "localhost.example.com",
                "0.0.0.0",
                "::",
                "[::]",
                "[::1",
                "[127.0.0.1]",
                "[]",
                "128.0.0.1",
                "::2"
            })
    void whatOthersMayReach(String host) {
        assertThat(Loopback.is(host)).isFalse();
    }
}
