package io.mcpserver.insight.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.insight.Latencies;
import io.mcpserver.insight.LatencyReport;
import io.mcpserver.insight.profile.Profile.Pause;
import io.mcpserver.insight.profile.Tally.Entry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each rule says something beyond its threshold and nothing below it. */
class FindingsTest {

    private static final long MIB = 1L << 20;

    private List<Pause> pauses = List.of();
    private long heapAfter;
    private List<Entry> locks = List.of();
    private List<Entry> files = List.of();
    private List<Entry> hot = List.of();
    private double allocated;
    private double process;
    private double machine;
    private LatencyReport latencies = new LatencyReport(List.of(), List.of());

    @Test
    void nothingStandsOutOfAnIdleServer() {
        assertThat(found()).isEmpty();
    }

    @Test
    void timeInCollection() {
        pauses = pauses(9, 100);
        assertThat(found()).isEmpty();
        pauses = pauses(11, 100);
        assertThat(found()).singleElement().asString().startsWith("The garbage collector stopped the server for 11 %");
    }

    @Test
    void oneLongPause() {
        pauses = pauses(1, 250);
        assertThat(found()).singleElement().asString().startsWith("One pause of the garbage collector took 250 ms");
    }

    @Test
    void aFullHeapComesBeforeAllElse() {
        heapAfter = 81 * MIB;
        pauses = pauses(30, 100);
        assertThat(found()).hasSize(2).first().asString().startsWith("After a collection, 81 % of the heap");
        heapAfter = 79 * MIB;
        assertThat(found()).hasSize(1);
    }

    @Test
    void aBusyLock() {
        locks = List.of(new Entry("Store in a.b", 3, 400, 200));
        assertThat(found()).isEmpty();
        locks = List.of(new Entry("Store in a.b", 3, 600, 200));
        assertThat(found()).singleElement().asString().startsWith("Threads waited 600 ms for Store in a.b");
    }

    @Test
    void slowFiles() {
        files = List.of(new Entry("flush x", 3, 150, 90));
        assertThat(found()).isEmpty();
        files = List.of(new Entry("flush x", 3, 150, 120));
        assertThat(found()).singleElement().asString().contains("to flush x once took 120 ms");
    }

    @Test
    void whoseProcessorsTheyAre() {
        machine = 0.9;
        process = 0.8;
        assertThat(findings())
                .singleElement()
                .extracting(Finding::todo)
                .asString()
                .contains("flame graph");
        process = 0.1;
        assertThat(findings())
                .singleElement()
                .extracting(Finding::todo)
                .asString()
                .contains("Other programs");
    }

    @Test
    void theModelAtWork() {
        hot = List.of(new Entry("ai.onnxruntime.OrtSession.run", 30, 30, 1));
        assertThat(findings())
                .singleElement()
                .extracting(Finding::todo)
                .asString()
                .contains("embedding.model: none");
    }

    @Test
    void garbage() {
        allocated = 4e9;
        assertThat(found()).singleElement().asString().startsWith("400 MB of objects are made each second");
    }

    @Test
    void slowAndFailingTools() {
        long[] slow = new long[14];
        slow[10] = 20;
        latencies = new LatencyReport(List.of(new Latencies("storage_search", 20, 2, 20_000, 4_000, slow)), List.of());
        assertThat(found())
                .anySatisfy(what -> assertThat(what).startsWith("The tool storage_search is slow"))
                .anySatisfy(what -> assertThat(what).startsWith("2 of 20 calls of the tool storage_search failed"));
    }

    private static List<Pause> pauses(int count, double millis) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Pause(i, millis, "Copy", "Allocation Failure"))
                .toList();
    }

    private List<String> found() {
        return findings().stream().map(Finding::what).toList();
    }

    private List<Finding> findings() {
        FlameNode flames = new FlameNode("all");
        IntStream.range(0, 100).forEach(i -> flames.add(List.of("thread", "method")));
        return Findings.of(new Profile(
                10,
                flames,
                hot,
                List.of(),
                List.of(),
                allocated,
                pauses,
                heapAfter,
                100 * MIB,
                locks,
                locks.stream().mapToDouble(Entry::total).sum(),
                files,
                files.stream().mapToDouble(Entry::total).sum(),
                process,
                machine,
                new Entry("pinned", 0, 0, 0),
                latencies));
    }
}
