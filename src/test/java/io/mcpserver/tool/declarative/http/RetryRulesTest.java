package io.mcpserver.tool.declarative.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final RetryRules rules = new RetryRules(5, Set.of(503));

    @Test
    void theServerSaysHowLongToWait() {
        assertThat(rules.pause(0, Optional.of("7"), NOW, 0.5)).hasSeconds(7);
        assertThat(rules.pause(0, Optional.of("Thu, 01 Jan 2026 00:00:30 GMT"), NOW, 0.5))
                .hasSeconds(30);
        assertThat(rules.pause(0, Optional.of("Wed, 01 Jan 2020 00:00:30 GMT"), NOW, 0.5))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 200", "1, 200, 400", "2, 400, 800", "9, 5000, 10000", "63, 5000, 10000"})
    void withoutAWordOfTheServerTheWaitGrowsUpToALimitAndDiffers(int done, long least, long most) {
        assertThat(rules.pause(done, Optional.empty(), NOW, 0)).isEqualTo(Duration.ofMillis(least));
        assertThat(rules.pause(done, Optional.of("soon"), NOW, 1)).isEqualTo(Duration.ofMillis(most));
    }
}
