package io.mcpserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.cli.client.ChildLine;
import io.mcpserver.cli.client.HttpLine;
import io.mcpserver.cli.client.LineException;
import io.mcpserver.cli.client.Messages;
import io.mcpserver.cli.client.RefusedException;
import io.mcpserver.cli.client.ServerLine;
import io.mcpserver.config.NearestName;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Calls one tool and prints its result. */
@Command(
        name = "call",
        description = {
            "Calls one tool and prints its result.",
            "",
            "Without --url or --port, a server is started with the configuration for this one call, and ended. A tool that"
                    + " asks its user for a yes is called without: whoever writes the command has said it.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the tool succeeded",
            "1:it failed, or the server cannot be reached; the reason is on standard error",
            "2:wrong usage or configuration, or there is no such tool",
            "130:stopped with Ctrl-C; the call was taken back"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server call calculator_add '{\"a\": 1, \"b\": 2}'",
            "  mcp-server call calculator_add a=1 b=2 --json",
            "  mcp-server call storage_save @documents.json --data /var/lib/mcp-server",
            "  mcp-server call storage_query collection=notes 'filter={\"year\": 2026}' --port 8000",
            "  mcp-server call storage_search query=backup --url https://mcp.example.com --key-file key"
        })
final class CallCommand implements Callable<Integer> {

    private static final int INVALID_PARAMS = -32602;
    private static final int MOST_PAGES = 1_000;

    @Mixin
    ConfigOptions options;

    @Option(names = "--port", paramLabel = "PORT", description = "The server that listens on this port here.")
    Integer port;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "A server elsewhere, such as https://mcp.example.com; without a path, /mcp is added.")
    String url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file that holds an API key, for --url and --port; - is standard input.")
    String keyFile;

    @Option(names = "--json", description = "Prints the structured result.")
    boolean json;

    @Parameters(index = "0", paramLabel = "TOOL", description = "The name of the tool.")
    String tool;

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENTS",
            description =
                    "One JSON object, @FILE, - for standard input, or NAME=VALUE for each, read by the tool's schema.")
    List<String> words = List.of();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        check();
        try (StopSignal stop = StopSignal.install();
                ServerLine line = line()) {
            CompletableFuture<Integer> work = CompletableFuture.supplyAsync(
                    () -> call(line),
                    task -> Thread.ofPlatform().daemon().name("call").start(task));
            while (!stop.stopped()) {
                try {
                    return work.get(50, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    // Look for Ctrl-C again.
                } catch (ExecutionException e) {
                    return failed(e.getCause(), stop);
                }
            }
            return stop.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILURE;
        }
    }

    private int failed(Throwable failure, StopSignal stop) {
        if (stop.stopped()) {
            return stop.exitCode();
        }
        return switch (failure) {
            case CallArguments.WrongArguments wrong -> throw usage(wrong.getMessage());
            case LineException e -> {
                err().println("mcp-server: " + e.getMessage());
                yield e.exitCode();
            }
            case RefusedException e -> {
                err().println("mcp-server: the server refuses the call of " + tool + ": " + e.getMessage());
                yield ExitCode.FAILURE;
            }
            case RuntimeException e -> throw e;
            default -> throw new CompletionException(failure);
        };
    }

    private int call(ServerLine line) {
        List<JsonNode> tools = tools(line);
        Optional<JsonNode> known = tools.stream()
                .filter(one -> one.path("name").asText().equals(tool))
                .findFirst();
        ObjectNode arguments = CallArguments.read(
                words, known.map(one -> one.path("inputSchema")).orElseGet(Messages::object), System.in);
        ObjectNode params = Messages.object().put("name", tool);
        params.set("arguments", arguments);
        try {
            return tell(line.ask("tools/call", params, this::progress));
        } catch (RefusedException e) {
            // A server may have tools that it does not list, so it is asked whatever the list says.
            if (known.isPresent() || e.code() != INVALID_PARAMS) {
                throw e;
            }
            List<String> names =
                    tools.stream().map(one -> one.path("name").asText()).toList();
            err().println("mcp-server: the server has no tool " + tool
                    + NearestName.of(tool, names)
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse(""));
            return ExitCode.USAGE;
        }
    }

    private static List<JsonNode> tools(ServerLine line) {
        List<JsonNode> tools = new ArrayList<>();
        ObjectNode params = Messages.object();
        for (int page = 0; page < MOST_PAGES; page++) {
            ObjectNode list = line.ask("tools/list", params, heard -> {});
            list.path("tools").forEach(tools::add);
            if (!list.hasNonNull("nextCursor")) {
                break;
            }
            params = Messages.object().put("cursor", list.get("nextCursor").asText());
        }
        return tools;
    }

    private int tell(ObjectNode result) {
        if (result.path("isError").asBoolean()) {
            err().println("mcp-server: " + tool + " failed: " + text(result));
            return ExitCode.FAILURE;
        }
        if (result.path("resultType").asText("complete").equals("input_required")) {
            err().println("mcp-server: " + tool + " asks for input, which this command cannot give");
            return ExitCode.FAILURE;
        }
        if (json) {
            out().println(Json.print(
                    result.has("structuredContent") ? result.get("structuredContent") : result.path("content")));
        } else {
            out().println(text(result));
        }
        return ExitCode.OK;
    }

    /** The text of all parts; what is no text is named. */
    private static String text(ObjectNode result) {
        List<String> parts = new ArrayList<>();
        result.path("content").forEach(part -> {
            String type = part.path("type").asText();
            parts.add(
                    type.equals("text")
                            ? part.path("text").asText()
                            : "[" + (type + " " + part.path("mimeType").asText()).strip() + "; --json prints it]");
        });
        return String.join("\n", parts);
    }

    private void progress(ObjectNode heard) {
        if (heard.path("method").asText().equals("notifications/progress")) {
            JsonNode step = heard.path("params");
            String done =
                    step.path("progress").decimalValue().stripTrailingZeros().toPlainString();
            BigDecimal total = step.path("total").decimalValue();
            err().println(done
                    + (total.signum() > 0 ? " of " + total.stripTrailingZeros().toPlainString() : "")
                    + (step.hasNonNull("message") ? ": " + step.get("message").asText() : ""));
        }
    }

    private void check() {
        if (url != null && port != null) {
            throw usage("--port and --url name a server each; give one of them");
        }
        boolean elsewhere = url != null || port != null;
        if (elsewhere && (options.config != null || options.data != null)) {
            throw usage(
                    "--config and --data are for a server that is started here; they do not go with --port or --url");
        }
        if (keyFile != null && !elsewhere) {
            throw usage("--key-file is for --url and --port; a server that is started here needs no key");
        }
        if ("-".equals(keyFile) && words.equals(List.of("-"))) {
            throw usage("standard input cannot be both the key and the arguments");
        }
        if (port != null && (port < 1 || port > 65_535)) {
            throw usage("--port must be 1 to 65535, but is " + port);
        }
    }

    private ServerLine line() {
        if (port != null) {
            return new HttpLine(URI.create("http://127.0.0.1:" + port), KeyFile.read(keyFile));
        }
        return url != null ? new HttpLine(uri(), KeyFile.read(keyFile)) : child();
    }

    private ServerLine child() {
        Path launcher = FullServer.launcher()
                .orElseThrow(() -> new LineException(
                        "This program was not started by bin/mcp-server, so it cannot start a server; name a"
                                + " running one with --port or --url."));
        return ChildLine.start(launcher, options.words());
    }

    private URI uri() {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException noUri) {
            // Told below.
        }
        throw usage("--url must be like http://127.0.0.1:8000, but is " + url);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
