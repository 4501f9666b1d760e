package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    private static final List<String> NAMES = List.of("port", "host", "max_body_size", "http-stream", "ttl");

    @Test
    void findsWhatIsASlipAway() {
        assertThat(NearestName.of("prot", NAMES)).contains("port");
        assertThat(NearestName.of("hots", NAMES)).contains("host");
        assertThat(NearestName.of("MaxBodySize", NAMES)).contains("max_body_size");
        assertThat(NearestName.of("tll", NAMES)).contains("ttl");
    }

    @Test
    void findsTheOnlyOneThatBeginsSo() {
        assertThat(NearestName.of("http", NAMES)).contains("http-stream");
        assertThat(NearestName.of("ht", NAMES)).isEmpty();
    }

    @Test
    void findsNothingFarAway() {
        assertThat(NearestName.of("replicas", NAMES)).isEmpty();
        assertThat(NearestName.of("", NAMES)).isEmpty();
        assertThat(NearestName.of("p".repeat(1000), NAMES)).isEmpty();
    }
}
