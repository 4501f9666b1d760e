package io.mcpserver.cli;

import io.mcpserver.insight.InsightException;
import io.mcpserver.insight.LatencyReport;
import io.mcpserver.insight.ServerInsight;
import io.mcpserver.insight.process.AttachedServer;
import io.mcpserver.insight.process.LocalServer;
import io.mcpserver.insight.profile.FlightRecording;
import io.mcpserver.insight.profile.ProfileReport;
import io.mcpserver.insight.profile.SampleServer;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Records a running server for a while and writes a report for people. */
@Command(
        name = "profile",
        description = {
            "Records a running server for a while and writes a report for people.",
            "",
            "The report is one HTML page: flame graph, allocations, garbage collection, locks, files, how long tools and the"
                    + " store took, and what to do about what stands out.",
            "",
            "Without an option, of the only running server of this user. Where none runs, the program profiles itself: it"
                    + " starts a server on a throw-away store, keeps it busy and ends it. The server that is recorded goes on"
                    + " as before. Ctrl-C ends the recording early and still writes the page.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the report is written",
            "1:it is not",
            "2:wrong usage",
            "130:stopped with Ctrl-C; the report of the time until then is written"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server profile --duration 60",
            "  mcp-server profile --port 8000 --duration 30 --output report.html",
            "  mcp-server profile --self --duration 20"
        })
final class ProfileCommand implements Callable<Integer> {

    private static final int LONGEST_SECONDS = 3_600;
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

    @Mixin
    TargetOptions target;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long is recorded, 1 to 3600; ${DEFAULT-VALUE} by default.")
    int duration;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the report is written; mcp-server-profile-DATE.html in the current folder by default.")
    Path output;

    @Option(names = "--self", description = "Profiles a server of its own, also where one runs.")
    boolean self;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (duration < 1 || duration > LONGEST_SECONDS) {
            throw usage("--duration must be 1 to " + LONGEST_SECONDS + " seconds, but is " + duration);
        }
        if (self && target.named()) {
            throw usage("--self starts a server of its own; it does not go with --pid, --port or --url");
        }
        Path file = output == null ? Path.of("mcp-server-profile-" + now() + ".html") : output;
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw usage("--output: there is no folder " + folder + ", or " + file + " is one");
        }
        try (StopSignal stop = StopSignal.install()) {
            if (self || !target.named() && LocalServer.all().isEmpty()) {
                return profileSelf(file, stop);
            }
            return profile(target.local(), file, stop);
        }
    }

    private int profileSelf(Path file, StopSignal stop) {
        Path launcher = FullServer.launcher()
                .orElseThrow(() -> new InsightException(
                        "No server is running, and this program was not started by bin/mcp-server, so it "
                                + "cannot start one."));
        err().println(self ? "Starting a server of its own." : "No server is running; starting one to profile.");
        try (SampleServer server = SampleServer.start(launcher)) {
            return profile(server.asLocal(), file, stop);
        }
    }

    private int profile(LocalServer local, Path file, StopSignal stop) {
        try (AttachedServer server = AttachedServer.attach(local)) {
            ServerInsight insight = server.insight();
            String named =
                    "mcp-server " + Json.read(insight.status()).path("version").asText() + ", pid " + local.shown();
            return profile(server, named, file, stop);
        }
    }

    private int profile(AttachedServer server, String named, Path file, StopSignal stop) {
        Path recorded = null;
        try (FlightRecording recording =
                FlightRecording.start(server, Duration.ofSeconds(duration).plus(MARGIN))) {
            ServerInsight insight = server.insight();
            LatencyReport before = LatencyReport.of(Json.read(insight.latencies()));
            err().println("Recording " + named + " for " + duration + " s.");
            Instant began = Instant.now();
            await(began, stop, server.pid());
            Duration length = Duration.between(began, Instant.now());
            LatencyReport latencies =
                    LatencyReport.of(Json.read(insight.latencies())).since(before);
            recorded = Files.createTempFile("mcp-server-profile", ".jfr");
            recording.copyTo(recorded);
            err().println("Reading what was recorded.");
            ProfileReport report = ProfileReport.of(recorded, named, began, length, latencies);
            report.write(file);
            tell(report, file);
            return stop.stopped() ? stop.exitCode() : ExitCode.OK;
        } catch (UndeclaredThrowableException e) {
            throw new InsightException("The server ended while it was recorded.", e);
        } catch (IOException e) {
            throw new InsightException("The report cannot be written to " + file + ": " + e.getMessage(), e);
        } finally {
            delete(recorded);
        }
    }

    private void await(Instant began, StopSignal stop, long pid) {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        Instant end = began.plusSeconds(duration);
        Instant tell = began.plus(TOLD_EVERY);
        while (Instant.now().isBefore(end) && !stop.stopped() && runs(pid)) {
            try {
                Thread.sleep(Math.min(
                        100, Math.max(1, Duration.between(Instant.now(), end).toMillis())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            long done = Duration.between(began, Instant.now()).toSeconds();
            if (terminal) {
                err().printf("\r%s", bar(done));
                err().flush();
            } else if (Instant.now().isAfter(tell)) {
                tell = tell.plus(TOLD_EVERY);
                err().println(done + " of " + duration + " s");
            }
        }
        if (terminal) {
            err().println();
        }
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private String bar(long done) {
        int width = 40;
        int full = (int) Math.min(width, width * done / duration);
        return "[" + "#".repeat(full) + " ".repeat(width - full) + "] " + done + " of " + duration + " s";
    }

    private void tell(ProfileReport report, Path file) {
        PrintWriter out = spec.commandLine().getOut();
        report.findings().stream().limit(3).forEach(finding -> {
            out.println(finding.what());
            out.println("  → " + finding.todo());
        });
        if (report.findings().isEmpty()) {
            out.println("Nothing stands out.");
        }
        out.println("Report: " + file.toAbsolutePath().normalize());
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.getLogger(ProfileCommand.class.getName()).log(System.Logger.Level.DEBUG, "not deleted", e);
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private static String now() {
        return LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss"));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
