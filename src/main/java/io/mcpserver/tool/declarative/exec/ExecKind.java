package io.mcpserver.tool.declarative.exec;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.config.ByteSize;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.KindHandler;
import io.mcpserver.tool.declarative.Template;
import io.mcpserver.tool.declarative.ToolKind;
import io.mcpserver.tool.file.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code exec}: a program with arguments, JSON on its standard input and output. */
public final class ExecKind implements ToolKind {

    /** What {@code ${dir}} is: the folder of the file. */
    static final String FOLDER = "dir";

    private static final double DEFAULT_TIMEOUT = 3600;
    private static final String DEFAULT_OUTPUT = "1MB";
    private static final String DEFAULT_MEMORY = "1GB";

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public boolean reachesOut() {
        return true;
    }

    @Override
    public boolean runsPrograms() {
        return true;
    }

    @Override
    public boolean readsOnly(KindBody body) {
        return false;
    }

    @Override
    public Optional<KindHandler> handler(KindBody body, Surroundings surroundings) {
        JsonNode json = body.json();
        boolean allowed = surroundings.config().tools().allowExec();
        if (!allowed) {
            body.fault(
                    "",
                    "runs a program, which this server does not allow; set tools.allow_exec to true in the configuration");
        }
        Optional<Program> program = program(body, surroundings);
        List<Argument> arguments = arguments(body);
        if (!allowed || program.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        body.inputs().path("properties").fieldNames().forEachRemaining(names::add);
        return Optional.of(new ExecTool(
                body.tool(),
                program.get(),
                arguments,
                env(body),
                body.secretInputs(),
                json.path("input").asText("json").equals("json") ? Optional.of(names) : Optional.empty(),
                new OutputReader(
                        body.tool(),
                        json.path("output").asText("json").equals("json"),
                        body.output().isPresent()),
                new Limits(
                        Duration.ofMillis((long) (json.path("timeout").asDouble(DEFAULT_TIMEOUT) * 1000)),
                        (int) size(json, "max_output", DEFAULT_OUTPUT),
                        size(json, "max_memory", DEFAULT_MEMORY)),
                surroundings));
    }

    private static Optional<Program> program(KindBody body, Surroundings surroundings) {
        Template template = body.template("/command/0", Set.of(FOLDER));
        if (!Set.of(FOLDER).containsAll(template.names())
                || body.inputs().at("/properties").has(FOLDER)
                        && template.names().contains(FOLDER)) {
            body.fault("/command/0", "must be a program of the author's choice, without inputs in it");
            return Optional.empty();
        }
        String named = template.fill(Argument.in(surroundings.directory(), input -> Optional.empty()))
                .asText();
        Program program = new Program(named, surroundings.directory());
        if (program.file().isEmpty()) {
            body.fault(
                    "/command/0",
                    "is no program that this server may run: a name is looked for on PATH, anything with a / from the folder of the file on");
            return Optional.empty();
        }
        return Optional.of(program);
    }

    private static List<Argument> arguments(KindBody body) {
        boolean options = body.json().path("options_from_inputs").asBoolean();
        List<Argument> arguments = new ArrayList<>();
        for (int i = 1; i < body.json().path("command").size(); i++) {
            Template template = body.template("/command/" + i, Set.of(FOLDER));
            arguments.add(new Argument(template, options));
            options |= template.isFixed()
                    && body.json().at("/command/" + i).asText().equals("--");
        }
        return arguments;
    }

    private static Map<String, Template> env(KindBody body) {
        Map<String, Template> env = new LinkedHashMap<>();
        body.json()
                .path("env")
                .fieldNames()
                .forEachRemaining(name -> env.put(name, body.secretTemplate("/env/" + name)));
        return env;
    }

    /** Bytes, of a text or number that the schema knows to be a size. */
    private static long size(JsonNode json, String key, String otherwise) {
        return ByteSize.parse(json.path(key).asText(otherwise)).orElseThrow();
    }
}
