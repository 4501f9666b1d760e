package io.mcpserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.insight.ServerInsight;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Has a running server read its configuration again. */
@Command(
        name = "reload",
        description = {
            "Has a running server read its configuration again.",
            "",
            "Says what changed, what took effect, what needs a restart and what is wrong; if anything is wrong, nothing"
                    + " changes. The command line and the environment of the server win as they did at its start."
                    + " Without an option, of the only running server of this user.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:what is written is in force, as far as it can be without a restart",
            "1:it was refused, or the server did not answer",
            "2:wrong usage"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server reload --dry-run",
            "      what would change, and what is wrong",
            "  mcp-server reload --port 8000",
            "  mcp-server reload --history --json",
            "  mcp-server reload --url https://mcp.example.com --key-file admin.key"
        })
final class ReloadCommand implements Callable<Integer> {

    @Mixin
    TargetOptions target;

    @Option(names = "--dry-run", description = "Changes nothing, and says what would.")
    boolean dryRun;

    @Option(names = "--history", description = "Reloads nothing, and shows the last ten reloads.")
    boolean history;

    @Mixin
    JsonOption json = new JsonOption();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (dryRun && history) {
            throw new ParameterException(spec.commandLine(), "--dry-run does not go with --history");
        }
        JsonNode answer = Json.read(
                history
                        ? target.ask("/admin/reloads", ServerInsight::reloads)
                        : target.order("/reload-config?dry_run=" + dryRun, server -> server.reload(dryRun)));
        PrintWriter out = spec.commandLine().getOut();
        if (json.asked) {
            out.println(Json.print(answer));
        } else if (history) {
            all(answer, out);
        } else {
            one(answer, out);
        }
        return history || !isRefused(answer) ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static boolean isRefused(JsonNode reload) {
        return reload.path("outcome").asText().equals("refused");
    }

    private static void all(JsonNode answer, PrintWriter out) {
        if (answer.path("reloads").isEmpty()) {
            out.println("Nothing was reloaded yet; generation %d."
                    .formatted(answer.path("generation").asLong()));
        }
        answer.path("reloads").forEach(reload -> {
            out.println("%s by %s"
                    .formatted(
                            reload.path("at").asText(), reload.path("trigger").asText()));
            one(reload, out);
            out.println();
        });
    }

    private static void one(JsonNode reload, PrintWriter out) {
        line(
                out,
                isRefused(reload) ? "refused" : words(reload.path("outcome").asText()),
                "generation %d, %s ms"
                        .formatted(
                                reload.path("generation").asLong(),
                                reload.path("duration_ms").asText()));
        line(out, reload.path("dry_run").asBoolean() ? "would change" : "took effect", texts(reload.path("applied")));
        line(out, "needs a restart", pending(reload.path("needs_restart")));
        line(out, "quarantined", texts(reload.path("quarantined")));
        reload.path("problems")
                .forEach(problem -> out.println(problem.path("message").asText()));
    }

    private static String words(String outcome) {
        return outcome.replace('_', ' ');
    }

    private static String texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return String.join(", ", texts);
    }

    private static String pending(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(key -> texts.add(key.path("key").asText()
                + (key.has("in_force") ? " (in force: " + key.path("in_force").asText() + ")" : "")));
        return String.join(", ", texts);
    }

    private static void line(PrintWriter out, String name, String text) {
        if (!text.isEmpty()) {
            out.println("%-16s %s".formatted(name, text));
        }
    }
}
