package io.mcpserver.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    /** 90 within 1 ms, 8 of 5 to 10 ms, 2 beyond every bound. */
    private static final Latencies TOOL =
            new Latencies("tool", 100, 3, 70_000, 33_000, new long[] {90, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2});

    @Test
    void aQuantileLiesWithinItsBucket() {
        assertThat(TOOL.quantileMillis(0.45)).isEqualTo(0.5, within(1e-9));
        assertThat(TOOL.quantileMillis(0.94)).isEqualTo(7.5, within(1e-9));
        assertThat(TOOL.quantileMillis(0.99)).isEqualTo(31_500, within(1e-9));
        assertThat(TOOL.quantileMillis(1)).isEqualTo(33_000, within(1e-9));
        assertThat(Latencies.none("x").quantileMillis(0.5)).isZero();
    }

    @Test
    void noQuantileIsLongerThanTheLongest() {
        Latencies quick = new Latencies("quick", 4, 0, 1, 0.3, new long[] {4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        assertThat(quick.quantileMillis(0.99)).isLessThanOrEqualTo(0.3);
    }

    @Test
    void whatWasAddedIsTheDifference() {
        Latencies later =
                TOOL.plus(new Latencies("tool", 1, 1, 3, 3, new long[] {0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
        Latencies added = later.since(TOOL);
        assertThat(added.count()).isEqualTo(1);
        assertThat(added.errors()).isEqualTo(1);
        assertThat(added.meanMillis()).isEqualTo(3);
        assertThat(added.quantileMillis(0.5)).isBetween(2.0, 5.0);
        assertThat(added.maxMillis()).as("the longest was before").isEqualTo(5);
    }

    @Test
    void aReportComesBackFromItsJsonAndLeavesOutWhatDidNotHappen() {
        LatencyReport report = new LatencyReport(List.of(TOOL), List.of(Latencies.none("save")));
        LatencyReport read = LatencyReport.of(report.toJson());
        assertThat(read.toJson()).isEqualTo(report.toJson());
        assertThat(read.since(report).tools()).isEmpty();
        assertThat(read.since(new LatencyReport(List.of(), List.of())).tools())
                .extracting(Latencies::name)
                .containsExactly("tool");
    }
}
