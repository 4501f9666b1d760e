package io.mcpserver.insight.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.insight.Latencies;
import io.mcpserver.insight.LatencyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report made from a real recording of this process. */
class ProfileReportTest {

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    private final Object lock = new Object();

    @TempDir
    Path folder;

    @Test
    void aRecordingBecomesOnePageThatNeedsNothingElse() throws Exception {
        Path recorded = folder.resolve("a.jfr");
        Instant began = Instant.now();
        record(recorded);
        long[] counts = new long[14];
        counts[0] = 3;
        LatencyReport latencies =
                new LatencyReport(List.of(new Latencies("<b>tool</b>", 3, 0, 1, 0.5, counts)), List.of());
        Path page = folder.resolve("report.html");

        ProfileReport.of(recorded, "mcp-server, pid 1 (--port </script>)", began, Duration.ofSeconds(2), latencies)
                .write(page);

        String html = Files.readString(page);
        Document document = Jsoup.parse(html);
        assertThat(html).doesNotContain("{{", "http://", "https://", "<b>tool", "@import");
        assertThat(document.select("[src], link[href]:not([href=data:,])")).isEmpty();
        assertThat(document.select("section h2").eachText())
                .containsExactly(
                        "What to do",
                        "Flame graph",
                        "Methods",
                        "Allocations",
                        "Garbage collection",
                        "Locks",
                        "Files",
                        "Latencies");
        assertThat(document.select("#latency td.name").eachText()).contains("<b>tool</b>");
        assertThat(document.select("#hot").text()).contains(ProfileReportTest.class.getName() + ".compute");
        assertThat(document.select("#memory").text()).contains("int[]");
        assertThat(document.select("#locks").text()).contains("ProfileReportTest");
        JsonNode flames = data(html);
        assertThat(flames.path("v").asLong()).isPositive();
        assertThat(flames.findValuesAsText("n")).contains(ProfileReportTest.class.getName() + ".compute");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(recorded, page);
        }
    }

    private static JsonNode data(String html) throws IOException {
        Matcher data = DATA.matcher(html);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    private void record(Path file) throws Exception {
        try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            recording.enable("jdk.JavaMonitorEnter").withThreshold(Duration.ofMillis(1));
            recording.start();
            CountDownLatch held = new CountDownLatch(1);
            Thread holder = Thread.ofPlatform().start(() -> hold(held));
            held.await();
            synchronized (lock) {
                compute(0);
            }
            holder.join();
            recording.stop();
            recording.dump(file);
        }
    }

    private void hold(CountDownLatch held) {
        synchronized (lock) {
            held.countDown();
            compute(System.nanoTime() + Duration.ofMillis(1_500).toNanos());
        }
    }

    private static long compute(long until) {
        long sum = 0;
        do {
            int[] numbers = new int[10_000];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (int) (sum * 31 + i);
                sum += numbers[i] % 7;
            }
        } while (System.nanoTime() < until);
        return sum;
    }
}
