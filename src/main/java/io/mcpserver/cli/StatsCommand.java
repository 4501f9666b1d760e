package io.mcpserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.insight.SizeInWords;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what is in the store. */
@Command(
        name = "stats",
        description = {
            "Says what is in the store, and what it takes on disk.",
            "",
            "Collections with their documents and bytes, how far the search index is behind, the files, and figures of the"
                    + " engine's own. Where a server runs on the data folder, it is asked.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the store could not be opened or asked", "2:wrong usage or configuration"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server stats",
            "  mcp-server stats --json | jq '.by_collection[] | .name'",
            "  mcp-server stats --url https://mcp.example.com --key-file admin.key"
        })
final class StatsCommand implements Callable<Integer> {

    @Mixin
    DataOptions options;

    @Mixin
    JsonOption json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (options.elsewhere()) {
            return tell(options.remote());
        }
        Optional<ServerConfig> config = options.load(spec.commandLine().getErr());
        return config.isPresent() ? tell(options.local(config.get(), false)) : ExitCode.USAGE;
    }

    private int tell(DataLine opened) {
        try (DataLine line = opened) {
            JsonNode stats = Json.read(line.ask(Operation.STATS, ""));
            PrintWriter out = spec.commandLine().getOut();
            if (json.asked) {
                json.print(stats);
            } else {
                print(stats, line.where(), out);
            }
            return ExitCode.OK;
        }
    }

    private static void print(JsonNode stats, String where, PrintWriter out) {
        line(
                out,
                "store",
                stats.path("engine").asText() + " in " + stats.path("path").asText() + ", asked of " + where);
        line(
                out,
                "documents",
                Words.count(stats.path("documents").asLong(), "document") + " in "
                        + Words.count(stats.path("collections").asLong(), "collection") + ", "
                        + size(stats.path("bytes")));
        if (stats.has("index")) {
            long behind = stats.path("index").path("behind").asLong();
            line(out, "search", behind == 0 ? "index up to date" : "index behind by " + Words.count(behind, "change"));
        }
        JsonNode disk = stats.path("disk");
        line(
                out,
                "disk",
                "documents %s, search index %s, free %s"
                        .formatted(
                                size(disk.path("record_bytes")),
                                size(disk.path("index_bytes")),
                                size(disk.path("free_bytes"))));
        List<String> figures = new ArrayList<>();
        stats.path("figures")
                .properties()
                .forEach(figure -> figures.add(figure.getKey().replace('_', ' ') + " "
                        + String.format(Locale.ROOT, "%,d", figure.getValue().asLong())));
        if (!figures.isEmpty()) {
            line(out, "engine", String.join(", ", figures));
        }
        if (stats.has("history")) {
            JsonNode history = stats.path("history");
            line(
                    out,
                    "history",
                    Words.count(history.path("states").asLong(), "state") + " kept, back to "
                            + history.path("since").asText());
        }
        if (!stats.path("by_collection").isEmpty()) {
            out.printf("%n%-40s %14s %12s%n", "collection", "documents", "bytes");
            stats.path("by_collection")
                    .forEach(one -> out.printf(
                            Locale.ROOT,
                            "%-40s %,14d %12s%n",
                            one.path("name").asText(),
                            one.path("documents").asLong(),
                            size(one.path("bytes"))));
        }
    }

    private static String size(JsonNode bytes) {
        return SizeInWords.of(bytes.asLong());
    }

    private static void line(PrintWriter out, String name, String text) {
        out.printf("%-14s %s%n", name, text);
    }
}
