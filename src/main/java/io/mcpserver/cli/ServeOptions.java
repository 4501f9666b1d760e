package io.mcpserver.cli;

import io.mcpserver.config.FlagValue;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the commands that are about a running server; a picocli mixin. */
public final class ServeOptions extends ConfigOptions {

    @Option(
            names = "--transport",
            paramLabel = "TYPE",
            description = "stdio, sse or http-stream (transport.type); stdio unless the configuration says otherwise.")
    String transport;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on (transport.host).")
    String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on (transport.port).")
    String port;

    @Option(
            names = "--prod",
            description = "Refuse to start with settings that are unsafe in production; otherwise they are warnings.")
    boolean prod;

    @Override
    List<FlagValue> flags() {
        List<FlagValue> flags = super.flags();
        add(flags, "--transport", "transport.type", transport);
        add(flags, "--host", "transport.host", host);
        add(flags, "--port", "transport.port", port);
        return flags;
    }

    @Override
    List<String> words() {
        List<String> words = super.words();
        add(words, "--transport", transport);
        add(words, "--host", host);
        add(words, "--port", port);
        if (prod) {
            words.add("--prod");
        }
        return words;
    }
}
