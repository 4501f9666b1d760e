package io.mcpserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.insight.SizeInWords;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says where the memory of a running server is. */
@Command(
        name = "memory",
        description = {
            "Says where the memory of a running server is.",
            "",
            "Heap, metaspace, code, buffers, threads, storage engine, native libraries and embedding model, mapped files,"
                    + " against the limit; and the largest classes. Without an option, of the only running server of this"
                    + " user.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the server did not answer", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server memory",
            "  mcp-server memory --port 8000 --classes 40 --live",
            "  mcp-server memory --pid 4711 --json"
        })
final class MemoryCommand implements Callable<Integer> {

    private static final int MOST_CLASSES = 1_000;

    @Mixin
    TargetOptions target;

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "15",
            description =
                    "How many of the largest classes are shown; ${DEFAULT-VALUE} by default. With --url, at most 20.")
    int classes;

    @Option(
            names = "--live",
            description = "Collects the heap first, so that garbage does not count; the server pauses for it.")
    boolean live;

    @Mixin
    JsonOption json = new JsonOption();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (classes < 0 || classes > MOST_CLASSES) {
            throw new ParameterException(
                    spec.commandLine(), "--classes must be 0 to " + MOST_CLASSES + ", but is " + classes);
        }
        if (live && target.url != null) {
            throw new ParameterException(
                    spec.commandLine(), "--live does not go with --url: it would pause the server");
        }
        return run(target, classes, live, json.asked, spec.commandLine().getOut());
    }

    static int run(TargetOptions target, int classes, boolean live, boolean json, PrintWriter out) {
        JsonNode memory = Json.read(target.ask("/admin/memory", insight -> insight.memory(classes, live)));
        if (json) {
            out.println(Json.print(memory));
        } else {
            print(memory, classes, live, out);
        }
        return ExitCode.OK;
    }

    private static void print(JsonNode memory, int classes, boolean live, PrintWriter out) {
        long used = memory.path("used_bytes").asLong();
        long limit = memory.path("limit_bytes").asLong();
        out.printf(
                "%s in memory of %s (%s)%s%n%n",
                SizeInWords.of(used),
                SizeInWords.of(limit),
                memory.path("limit_from").asText(),
                limit > 0 ? ", %d %%".formatted(Math.round(100.0 * used / limit)) : "");
        out.printf("%-34s %11s %11s %11s%n", "part", "used", "reserved", "limit");
        memory.path("parts")
                .forEach(part -> out.println("%-34s %11s %11s %11s  %s"
                        .formatted(
                                part.path("name").asText(),
                                size(part.path("used_bytes")),
                                size(part.path("reserved_bytes")),
                                size(part.path("limit_bytes")),
                                part.path("note").asText())
                        .stripTrailing()));
        JsonNode resident = memory.path("resident");
        if (resident.isObject()) {
            out.println();
            out.printf("%-34s %11s%n", "resident (RSS)", size(resident.path("rss_bytes")));
            out.printf("%-34s %11s%n", "  of no file (anonymous)", size(resident.path("anonymous_bytes")));
            out.printf(
                    "%-34s %11s  %s%n",
                    "  of mapped files",
                    size(resident.path("file_bytes")),
                    "libraries, jars, start-up cache, index; given up when others need it");
            out.printf("%-34s %11s%n", "swapped out", size(resident.path("swapped_bytes")));
        }
        if (memory.has("page_cache_bytes")) {
            out.printf(
                    "%-34s %11s  %s%n",
                    "page cache of the control group",
                    size(memory.path("page_cache_bytes")),
                    "given up before the limit is reached");
        }
        out.printf(
                "%n%s of the heap so far, %,d ms together%n",
                Words.count(memory.path("collections").asLong(), "collection"),
                memory.path("collection_ms").asLong());
        if (classes > 0) {
            out.printf(
                    "%n%-60s %12s %11s%n",
                    live ? "largest classes, without garbage" : "largest classes, with garbage", "objects", "bytes");
            memory.path("classes")
                    .forEach(share -> out.printf(
                            "%-60s %,12d %11s%n",
                            share.path("name").asText(), share.path("instances").asLong(), size(share.path("bytes"))));
        }
    }

    private static String size(JsonNode bytes) {
        return bytes.asLong() == 0 ? "-" : SizeInWords.of(bytes.asLong());
    }
}
