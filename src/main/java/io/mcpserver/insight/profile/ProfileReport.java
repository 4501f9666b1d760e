package io.mcpserver.insight.profile;

import io.mcpserver.insight.Latencies;
import io.mcpserver.insight.LatencyReport;
import io.mcpserver.insight.SizeInWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The performance report of one recording, as one HTML page that needs nothing else. */
public final class ProfileReport {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-zA-Z]+)}}");
    private static final int MOST_FRAMES_SHARE = 2_000;
    private static final String HEADING_NAME = "Method";

    private final String server;
    private final Instant began;
    private final Profile profile;
    private final List<Finding> findings;

    private ProfileReport(String server, Instant began, Profile profile) {
        this.server = server;
        this.began = began;
        this.profile = profile;
        this.findings = Findings.of(profile);
    }

    /**
     * Reads a recording.
     *
     * @param server who was recorded, in a few words
     * @param latencies what the server counted in that time
     */
    public static ProfileReport of(
            Path recording, String server, Instant began, Duration length, LatencyReport latencies) {
        return new ProfileReport(server, began, ProfileReader.read(recording, began, length, latencies));
    }

    /** What to do, what matters most first; empty where nothing stands out. */
    public List<Finding> findings() {
        return findings;
    }

    /** Writes the page, complete or not at all. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(folder, ".profile", ".html");
        try {
            Files.writeString(draft, html());
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    String html() {
        Map<String, String> parts = new HashMap<>();
        parts.put("title", "mcp-server: performance report");
        parts.put(
                "subtitle",
                Html.escape("%s · recorded for %s from %s"
                        .formatted(
                                server,
                                Math.max(1, Math.round(profile.seconds())) + " s",
                                began.truncatedTo(ChronoUnit.SECONDS))));
        parts.put("facts", facts());
        parts.put("findings", findingsHtml());
        parts.put(
                "samples",
                "%,d samples of running threads.".formatted(profile.flames().total()));
        long samples = Math.max(1, profile.flames().total());
        parts.put("hot", Html.tally(profile.hot(), HEADING_NAME, "Samples", count -> "%,.0f (%s)"
                .formatted(count, Html.percent(count / samples))));
        parts.put("classes", Html.tally(profile.allocationsByClass(), "Class", "Bytes", SizeInWords::of));
        parts.put("sites", Html.tally(profile.allocationsBySite(), HEADING_NAME, "Bytes", SizeInWords::of));
        parts.put("gc", collections());
        parts.put(
                "locks",
                waits(
                        profile.locks(),
                        "Lock and where it was waited for",
                        "No thread waited a millisecond for a lock."));
        parts.put(
                "files",
                waits(
                        profile.files(),
                        "What and which file",
                        "No reading, writing or flushing took a millisecond in Java; the storage engine's own are under Latencies."));
        parts.put(
                "latencyNote",
                "Counted by the server while it was recorded; shares are estimated within the bounds of their buckets.");
        parts.put("tools", latencies(profile.latencies().tools(), "Tool", "No tool was called."));
        parts.put("store", latencies(profile.latencies().store(), "Operation", "The store was not used."));
        parts.put("footer", "Made by mcp-server profile. This page holds all it shows and asks nobody for anything.");
        parts.put(
                "data",
                Html.json(profile.flames()
                        .toJson(Math.max(1, profile.flames().total() / MOST_FRAMES_SHARE))
                        .toString()));
        return fill(template(), parts);
    }

    private String facts() {
        double seconds = profile.seconds();
        long calls =
                profile.latencies().tools().stream().mapToLong(Latencies::count).sum();
        return fact(Html.percent(profile.processCpu()), "of all processors by this server")
                + fact(Html.percent(profile.machineCpu()), "of all processors in use")
                + fact(String.format(Locale.ROOT, "%,.1f", calls / seconds), "calls of tools a second")
                + fact(SizeInWords.of(profile.allocatedBytes() / seconds), "allocated a second")
                + fact(Html.percent(profile.pauseShare()), "of the time in collection pauses")
                + fact(Html.millis(profile.longestPauseMillis()), "longest pause")
                + fact(
                        profile.heapAfter() == 0 ? "–" : SizeInWords.of(profile.heapAfter()),
                        profile.heapLimit() == 0
                                ? "of heap after a collection"
                                : "of " + SizeInWords.of(profile.heapLimit()) + " heap after a collection")
                + fact(Html.millis(profile.lockMillis()), "waited for locks");
    }

    private static String fact(String value, String label) {
        return "<div class=\"fact\"><b>" + Html.escape(value) + "</b><span>" + Html.escape(label) + "</span></div>";
    }

    private String findingsHtml() {
        if (findings.isEmpty()) {
            return "<div class=\"fine\">Nothing stands out: no long pause, no busy lock, no slow tool.</div>";
        }
        StringBuilder html = new StringBuilder();
        findings.forEach(finding -> html.append("<div class=\"finding\"><b>")
                .append(Html.escape(finding.what()))
                .append("</b><p>")
                .append(Html.escape(finding.todo()))
                .append("</p></div>"));
        return html.toString();
    }

    private String collections() {
        if (profile.pauses().isEmpty()) {
            return "<p>The heap was not collected in this time.</p>";
        }
        List<List<String>> rows = new ArrayList<>();
        profile.pauses().stream()
                .sorted((one, other) -> Double.compare(other.millis(), one.millis()))
                .limit(10)
                .forEach(pause -> rows.add(List.of(
                        Html.number(String.format(Locale.ROOT, "%.1f s", pause.atSeconds())),
                        Html.number(Html.millis(pause.millis())),
                        Html.text(pause.collector()),
                        Html.text(pause.cause()))));
        return "<p class=\"soft\">"
                + Html.escape("Pauses: %,d, together %s. Each bar is one, in the order of time."
                        .formatted(profile.pauses().size(), Html.millis(profile.pauseMillis())))
                + "</p>" + chart()
                + Html.table(List.of("#At", "#Pause", "Collector", "Cause"), rows, "");
    }

    private String chart() {
        double most = Math.max(1, profile.longestPauseMillis());
        StringBuilder svg = new StringBuilder(
                "<svg viewBox=\"0 0 1000 120\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Pauses over time\">");
        for (Profile.Pause pause : profile.pauses()) {
            double x = Math.clamp(1_000 * pause.atSeconds() / profile.seconds(), 0, 996);
            double height = Math.max(2, 110 * pause.millis() / most);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"4\" height=\"%.1f\" fill=\"var(--accent)\"><title>%s</title></rect>",
                    x,
                    118 - height,
                    height,
                    Html.escape(Html.millis(pause.millis()) + " at "
                            + String.format(Locale.ROOT, "%.1f s", pause.atSeconds()))));
        }
        return svg.append("<line x1=\"0\" y1=\"119\" x2=\"1000\" y2=\"119\" stroke=\"var(--line)\"/></svg>")
                .toString();
    }

    private static String waits(List<Tally.Entry> entries, String name, String empty) {
        List<List<String>> rows = new ArrayList<>();
        entries.forEach(entry -> rows.add(List.of(
                Html.name(entry.name()),
                Html.number("%,d".formatted(entry.count())),
                Html.number(Html.millis(entry.total())),
                Html.number(Html.millis(entry.most())))));
        return Html.table(List.of(name, "#Times", "#Together", "#Longest"), rows, empty);
    }

    private static String latencies(List<Latencies> all, String name, String empty) {
        List<List<String>> rows = new ArrayList<>();
        all.stream()
                .sorted((one, other) -> Double.compare(other.totalMillis(), one.totalMillis()))
                .forEach(one -> rows.add(List.of(
                        Html.name(one.name()),
                        Html.number("%,d".formatted(one.count())),
                        Html.number("%,d".formatted(one.errors())),
                        Html.number(Html.millis(one.meanMillis())),
                        Html.number(Html.millis(one.quantileMillis(0.5))),
                        Html.number(Html.millis(one.quantileMillis(0.95))),
                        Html.number(Html.millis(one.quantileMillis(0.99))),
                        Html.number(Html.millis(one.maxMillis())))));
        return Html.table(
                List.of(name, "#Calls", "#Failed", "#Mean", "#Half within", "#95 %", "#99 %", "#At most"), rows, empty);
    }

    private static String fill(String template, Map<String, String> parts) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String template() {
        try (InputStream in = ProfileReport.class.getResourceAsStream("report.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
