package io.mcpserver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.Environment;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.insight.doctor.Check;
import io.mcpserver.insight.doctor.MachineChecks;
import io.mcpserver.insight.doctor.ServerChecks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks for what may be wrong before, or while, a server runs. */
@Command(
        name = "doctor",
        description = {
            "Looks for what may be wrong before, or while, a server runs.",
            "",
            "Java, memory, clock, configuration, folders, disk, port, tools, embedding model, store; each with what to do."
                    + " Run it as the user of the server, with the same options. The store is opened as a start would open"
                    + " it, unless a server has it or it belongs to another user.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no problem; there may be warnings", "1:a problem", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server doctor",
            "  mcp-server doctor --config /etc/mcp-server/config.yaml --transport http-stream --port 8000",
            "  mcp-server doctor --json"
        })
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    ServeOptions options;

    @Mixin
    JsonOption json = new JsonOption();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        LoadedConfig loaded = options.load();
        List<Check> checks = new ArrayList<>();
        checks.add(MachineChecks.java(Environment.javaHomeVariable()));
        checks.add(MachineChecks.memory());
        checks.add(MachineChecks.clock(Instant.now().truncatedTo(ChronoUnit.SECONDS), program()));
        checks.addAll(ServerChecks.configuration(loaded));
        loaded.valid()
                .ifPresent(config -> checks.addAll(new ServerChecks(config, loaded.askedFor("transport.port")).all()));
        PrintWriter out = spec.commandLine().getOut();
        if (json.asked) {
            out.println(Json.print(toJson(checks)));
        } else {
            checks.forEach(check -> print(check, out));
            out.printf(
                    "%n%s, %s%n",
                    Words.count(count(checks, Check.Verdict.PROBLEM), "problem"),
                    Words.count(count(checks, Check.Verdict.WARNING), "warning"));
        }
        return count(checks, Check.Verdict.PROBLEM) == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static Optional<Path> program() {
        return Optional.ofNullable(System.getProperty("mcp.home")).map(home -> Path.of(home, "app", "quarkus-run.jar"));
    }

    private static long count(List<Check> checks, Check.Verdict verdict) {
        return checks.stream().filter(check -> check.verdict() == verdict).count();
    }

    private static void print(Check check, PrintWriter out) {
        out.printf("%-8s %-14s %s%n", check.verdict().name().toLowerCase(Locale.ROOT), check.name(), check.found());
        if (!check.remedy().isEmpty()) {
            out.printf("%-23s %s%n", "", "→ " + check.remedy());
        }
    }

    private static ObjectNode toJson(List<Check> checks) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("problems", count(checks, Check.Verdict.PROBLEM))
                .put("warnings", count(checks, Check.Verdict.WARNING));
        ArrayNode all = json.putArray("checks");
        checks.forEach(check -> all.add(check.toJson()));
        return json;
    }
}
