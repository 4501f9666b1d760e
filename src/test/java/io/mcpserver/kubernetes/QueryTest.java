package io.mcpserver.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            up                                                                 | up
            sum(up{job="a"})                                                   | up
            sum by (tool, outcome) (rate(calls_count{S="x"}[5m]))              | calls_count
            histogram_quantile(0.95, sum by (le) (rate(calls_bucket[5m]))) > 2 | calls_bucket
            a{x="}"} unless b offset 10m                                       | a b
            sum(rate(a[1m])) by (x) / on (x) group_left () c > 1e3             | a c
            absent(up == 1) or time() - start_seconds > 5                      | start_seconds up
            """)
    void metricsAreFound(String text, String metrics) {
        assertThat(new Query("", text).metrics()).containsExactly(metrics.split(" "));
    }

    @Test
    void labelsAreFound() {
        assertThat(new Query("", "sum by (tool, le) (rate(a{job=\"x\", code=~\"A|B\", area!=\"c\"}[5m]))").labels())
                .containsExactly("area", "code", "le", "tool");
    }

    @Test
    void variablesAreFilledIn() {
        assertThat(Query.ofPanel("", "rate(a{job=\"$job\", namespace=~\"$namespace\"}[$__rate_interval])")
                        .text())
                .isEqualTo("rate(a{job=\"mcp-server\", namespace=~\".*\"}[30s])");
        assertThatThrownBy(() -> Query.ofPanel("Heap", "a{b=\"$other\"}")).hasMessageContaining("Heap");
    }
}
