package io.mcpserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.insight.ServerInsight;
import io.mcpserver.insight.SizeInWords;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says how a running server is. */
@Command(
        name = "status",
        description = {
            "Says how a running server is.",
            "",
            "Version, configuration, address, store, clients, memory, tools, last errors. Without an option, of the only"
                    + " running server of this user. A server of this machine lets in its own user and"
                    + " root; one elsewhere, a key that has admin: true (mcp-server keys new --admin).",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the server answered",
            "1:it did not, or its store is not open though it should be",
            "2:wrong usage"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server status",
            "  mcp-server status --port 8000 --json",
            "  mcp-server status --url https://mcp.example.com --key-file admin.key"
        })
final class StatusCommand implements Callable<Integer> {

    private static final String CALLS = "calls";
    private static final String STDIO = "stdio";

    @Mixin
    TargetOptions target;

    @Mixin
    JsonOption json = new JsonOption();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode status = Json.read(target.ask("/admin/status", ServerInsight::status));
        PrintWriter out = spec.commandLine().getOut();
        if (json.asked) {
            out.println(Json.print(status));
        } else {
            print(status, out);
        }
        boolean lazily = STDIO.equals(status.path("transport").path("type").asText());
        return status.path("store").path("open").asBoolean() || lazily ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void print(JsonNode status, PrintWriter out) {
        line(
                out,
                "server",
                "mcp-server %s, pid %d, up %s (since %s)",
                status.path("version").asText(),
                status.path("pid").asLong(),
                Words.duration(status.path("uptime_seconds").asLong()),
                status.path("started").asText());
        line(out, "java", "%s", status.path("java").asText());
        JsonNode configuration = status.path("configuration");
        line(
                out,
                "configuration",
                "%s, %s, log level %s, generation %d",
                configuration.path("file").asText(null) == null
                        ? "no file, defaults"
                        : configuration.path("file").asText(),
                configuration.path("keys").asInt() == 0
                        ? "no API keys"
                        : Words.count(configuration.path("keys").asInt(), "API key"),
                configuration.path("log_level").asText(),
                configuration.path("generation").asLong());
        JsonNode transport = status.path("transport");
        line(
                out,
                "transport",
                "%s%s",
                transport.path("type").asText(),
                transport.has("address") ? " on " + transport.path("address").asText() : "");
        store(status.path("store"), out);
        clients(status.path("clients"), out);
        memory(status.path("memory"), out);
        toolFiles(status.path("tool_files"), out);
        tools(status.path("tools"), out);
        errors(status.path("errors"), out);
    }

    private static void store(JsonNode store, PrintWriter out) {
        String name =
                store.path("engine").asText() + " in " + store.path("path").asText();
        if (!store.path("open").asBoolean()) {
            line(out, "store", "%s, not open yet", name);
            return;
        }
        line(
                out,
                "store",
                "%s: %s, %s, %s",
                name,
                Words.count(store.path("collections").asLong(), "collection"),
                Words.count(store.path("documents").asLong(), "document"),
                SizeInWords.of(store.path("bytes").asLong()));
        if (store.has("index_behind")) {
            long behind = store.path("index_behind").asLong();
            line(
                    out,
                    "search",
                    "%s, model %s",
                    behind == 0 ? "index up to date" : "index behind by " + Words.count(behind, "change"),
                    store.path("model").asText());
        }
    }

    private static void clients(JsonNode clients, PrintWriter out) {
        long processes = clients.path("processes").asLong();
        String calls = Words.count(clients.path(CALLS).asLong(), "call") + " running"
                + (processes == 0 ? "" : ", " + Words.count(processes, "client") + " by way of other processes");
        line(
                out,
                "clients",
                "%s%s",
                calls,
                clients.has("streams")
                        ? ", " + Words.count(clients.path("requests").asLong(), "open request") + ", "
                                + Words.count(clients.path("streams").asLong(), "open stream") + ", "
                                + Words.count(clients.path("sessions").asLong(), "session")
                        : "");
    }

    private static void memory(JsonNode memory, PrintWriter out) {
        line(
                out,
                "memory",
                "%s of %s (%s), heap %s of %s",
                SizeInWords.of(memory.path("used_bytes").asLong()),
                SizeInWords.of(memory.path("limit_bytes").asLong()),
                memory.path("limit_from").asText(),
                SizeInWords.of(memory.path("heap_used_bytes").asLong()),
                SizeInWords.of(memory.path("heap_limit_bytes").asLong()));
    }

    private static void toolFiles(JsonNode files, PrintWriter out) {
        long quarantined = files.path("quarantined").asLong();
        line(
                out,
                "tool files",
                "%d live, %d quarantined, generation %d",
                files.path("live").asLong(),
                quarantined,
                files.path("generation").asLong());
        if (!files.path("problems").isEmpty()) {
            out.println();
            out.println("the last look into the tool directories:");
            files.path("problems").forEach(problem -> out.printf("  %s%n", problem.asText()));
        }
        if (quarantined > 0) {
            out.println();
            out.printf(
                    "%s quarantined; the last good version of each serves:%n", Words.count(quarantined, "tool file"));
            files.path("quarantined_files")
                    .forEach(file -> file.path("problems").forEach(problem -> out.printf("  %s%n", problem.asText())));
        }
    }

    private static void tools(JsonNode tools, PrintWriter out) {
        out.println();
        out.printf("%-32s %10s %8s %10s %10s%n", "tool", CALLS, "errors", "mean ms", "max ms");
        tools.forEach(tool -> out.printf(
                "%-32s %,10d %,8d %,10.2f %,10.2f%n",
                tool.path("name").asText(),
                tool.path(CALLS).asLong(),
                tool.path("errors").asLong(),
                tool.path("mean_ms").asDouble(),
                tool.path("max_ms").asDouble()));
    }

    private static void errors(JsonNode errors, PrintWriter out) {
        out.println();
        if (errors.isEmpty()) {
            out.println("No warning or error was logged.");
            return;
        }
        out.println("Last warnings and errors, newest first:");
        errors.forEach(error -> out.printf(
                "  %s %s %s: %s%n",
                error.path("time").asText(),
                error.path("level").asText(),
                error.path("logger").asText(),
                error.path("message").asText()));
    }

    private static void line(PrintWriter out, String name, String format, Object... values) {
        out.printf("%-14s %s%n", name, format.formatted(values));
    }
}
