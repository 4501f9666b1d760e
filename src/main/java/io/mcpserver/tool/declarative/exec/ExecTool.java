package io.mcpserver.tool.declarative.exec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindHandler;
import io.mcpserver.tool.declarative.Template;
import io.mcpserver.tool.declarative.Template.Part;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs one program.
 *
 * @param secretInputs names of the inputs that are secrets
 * @param told names of the inputs that the program reads as JSON; empty where it reads nothing
 */
record ExecTool(
        String tool,
        Program program,
        List<Argument> arguments,
        Map<String, Template> env,
        Set<String> secretInputs,
        Optional<List<String>> told,
        OutputReader output,
        Limits limits,
        Surroundings surroundings)
        implements KindHandler {

    /** A fourth of the threads on which tools run, so that others stay free. */
    private static final int PROGRAMS_PER_WORKER = 4;

    @Override
    public ToolResult call(Inputs inputs, ToolCall call) throws InterruptedException {
        if (!surroundings.config().tools().allowExec()) {
            throw new CodedException(
                    ErrorCode.UNSUPPORTED, "This server does not run programs any more (tools.allow_exec is false).");
        }
        Map<String, String> own = own(inputs);
        Command command =
                new Command(tool, line(inputs), environment(own), surroundings.directory(), input(inputs), limits);
        Set<String> hidden = hidden(own, inputs);
        Finished finished = surroundings.shared(Programs.class, this::programs).run(command, patience());
        return output.read(finished, hidden);
    }

    private Programs programs() {
        return new Programs(
                PROGRAMS_PER_WORKER * surroundings.config().performance().workerProcesses());
    }

    /** So long that there is time left to answer, and to run. */
    private Duration patience() {
        Duration whole = surroundings.config().performance().requestTimeout();
        return (whole.compareTo(limits.time()) < 0 ? whole : limits.time()).dividedBy(2);
    }

    private List<String> line(Inputs inputs) {
        Path file = program.file()
                .orElseThrow(() -> new CodedException(
                        ErrorCode.UNSUPPORTED,
                        "The program of " + tool + " is not there any more; tell the operator."));
        List<String> line = new ArrayList<>(List.of(file.toString()));
        Inputs known = Argument.in(surroundings.directory(), inputs);
        arguments.forEach(argument -> argument.of(known).ifPresent(line::add));
        return line;
    }

    /** What the author gives, secrets among it. */
    private Map<String, String> own(Inputs inputs) {
        Map<String, String> own = new LinkedHashMap<>();
        env.forEach((name, template) -> {
            String value = template.fill(inputs).asText();
            if (value.indexOf('\0') >= 0) {
                throw new CodedException(
                        ErrorCode.INVALID_ARGUMENT,
                        "What is given to the program as " + name
                                + " has the character U+0000 in it, which cannot be.");
            }
            own.put(name, value);
        });
        return own;
    }

    /** What is given and all secrets in it, which a program may tell by themselves. */
    private Set<String> hidden(Map<String, String> own, Inputs inputs) {
        Set<String> hidden = new HashSet<>(own.values());
        secretInputs.forEach(name -> inputs.text(name).ifPresent(hidden::add));
        env.values().stream()
                .filter(template -> !template.isFixed())
                .flatMap(template -> template.parts().stream())
                .forEach(part -> {
                    if (part instanceof Part.Secret(SecretReference reference)) {
                        hidden.add(surroundings.secret(reference));
                    }
                });
        return hidden;
    }

    private Map<String, String> environment(Map<String, String> own) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", Program.path(surroundings.directory()));
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", System.getProperty("java.io.tmpdir"));
        environment.putAll(own);
        return environment;
    }

    private byte[] input(Inputs inputs) {
        if (told.isEmpty()) {
            return new byte[0];
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        told.get().forEach(name -> inputs.get(name).ifPresent(value -> json.set(name, value)));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
