package io.mcpserver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.discovery.Reason;
import io.mcpserver.tool.file.DescribedHandler;
import io.mcpserver.tool.offline.OfflineFile;
import io.mcpserver.tool.offline.OfflineTools;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what tool files offer. */
@Command(
        name = "list",
        description = {
            "Lists what the files in tools.directories offer, with the file that it stands in.",
            "",
            "Reads the files as a server would that starts now, and asks none. A file that would be quarantined is"
                    + " listed with its first fault; mcp-server validate-config tells all.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all files can be used", "1:some cannot", "2:wrong usage or configuration"},
        footerHeading = "%nExamples:%n",
        footer = {"  mcp-server tools list", "  mcp-server tools list --config /etc/mcp-server/config.yaml --json"})
final class ToolsListCommand implements Callable<Integer> {

    private static final String OK = "ok";
    private static final String BROKEN = "broken";

    @Mixin
    ConfigOptions options;

    @Mixin
    JsonOption json = new JsonOption();

    @Spec
    CommandSpec spec;

    /** One line of the list. */
    private record Row(String name, String kind, String file, String state, Optional<Reason> reason, String problem) {

        ObjectNode json() {
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            row.put("name", name).put("kind", kind).put("file", file).put("state", state);
            reason.ifPresent(why -> row.put("reason", why.word()));
            return problem.isEmpty() ? row : row.put("problem", problem);
        }
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        LoadedConfig loaded = options.load();
        loaded.problems(Problem.Severity.ERROR).forEach(problem -> err.println(problem.render()));
        if (loaded.valid().isEmpty()) {
            return ExitCode.USAGE;
        }
        ServerConfig config = loaded.valid().get();
        List<Row> rows = new ArrayList<>();
        List<Problem> ofFolders;
        try (OfflineTools tools = new OfflineTools(config)) {
            tools.inDirectories().forEach(file -> rows(file, rows));
            ofFolders = tools.problems();
        }
        ofFolders.forEach(problem -> err.println(problem.render()));
        print(rows, config, spec.commandLine().getOut());
        boolean usable =
                ofFolders.isEmpty() && rows.stream().allMatch(row -> row.state().equals(OK));
        return usable ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void rows(OfflineFile file, List<Row> rows) {
        String state = file.usable() ? OK : BROKEN;
        String problem = file.problems().stream()
                .filter(one -> one.severity() == Problem.Severity.ERROR)
                .findFirst()
                .map(Problem::render)
                .orElse("");
        Offer offer = file.offer();
        int before = rows.size();
        offer.tools().forEach(tool -> rows.add(row(tool.name(), kind(tool), file, state, problem)));
        offer.prompts().forEach(prompt -> rows.add(row(prompt.name(), "prompt", file, state, problem)));
        offer.resources().forEach(resource -> rows.add(row(resource.uri(), "resource", file, state, problem)));
        if (rows.size() == before && !file.usable()) {
            rows.add(row("-", "-", file, state, problem));
        }
    }

    private static Row row(String name, String kind, OfflineFile file, String state, String problem) {
        return new Row(name, kind, file.shown(), state, file.reason(), problem);
    }

    private static String kind(ToolSpec tool) {
        return tool.handler() instanceof DescribedHandler described ? described.kind() : "java";
    }

    private void print(List<Row> rows, ServerConfig config, PrintWriter out) {
        if (json.asked) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            ArrayNode list = all.putArray("tools");
            rows.forEach(row -> list.add(row.json()));
            out.println(Json.print(all));
            return;
        }
        if (rows.isEmpty() && !config.tools().autoDiscover()) {
            out.println("tools.auto_discover is off, so no tool files are read.");
        } else if (rows.isEmpty()) {
            out.println("No tool files in "
                    + String.join(
                            ", ",
                            config.tools().directories().stream()
                                    .map(Object::toString)
                                    .toList())
                    + "; \"mcp-server tools new\" makes one.");
        }
        for (Row row : rows) {
            out.printf("%-30s %-9s %-7s %s%n", row.name(), row.kind(), row.state(), row.file());
            if (!row.problem().isEmpty()) {
                out.printf("%30s %s%n", "", "→ " + row.problem());
            }
        }
    }
}
