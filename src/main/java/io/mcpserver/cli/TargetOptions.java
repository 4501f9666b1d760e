package io.mcpserver.cli;

import io.mcpserver.insight.ServerInsight;
import io.mcpserver.insight.process.AttachedServer;
import io.mcpserver.insight.process.LocalServer;
import io.mcpserver.insight.process.RemoteServer;
import java.net.URI;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which running server is looked into; a picocli mixin. */
public final class TargetOptions {

    @Option(names = "--pid", paramLabel = "PID", description = "The server with this process id.")
    Long pid;

    @Option(names = "--port", paramLabel = "PORT", description = "The server that listens on this port here.")
    Integer port;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "A server elsewhere, such as https://mcp.example.com; it must have a key with admin: true.")
    String url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file that holds such a key, for --url; - is standard input.")
    String keyFile;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    /** Whether a server is named at all. */
    boolean named() {
        return pid != null || port != null || url != null;
    }

    /** The server of this machine that is meant; without a name, the only one. */
    LocalServer local() {
        check();
        if (url != null) {
            throw usage("--url does not fit here: only a server of this machine can be profiled");
        }
        if (pid != null) {
            return LocalServer.byPid(pid);
        }
        return port != null ? LocalServer.byPort(port) : LocalServer.only();
    }

    /**
     * Asks the server that is meant.
     *
     * @param path where it answers over HTTP
     * @param question how it is asked here
     */
    String ask(String path, Function<ServerInsight, String> question) {
        return ask(question, remote -> remote.get(path));
    }

    /** Has the server that is meant do something, as {@link #ask} asks; {@code path} is posted to. */
    String order(String path, Function<ServerInsight, String> order) {
        return ask(order, remote -> remote.post(path));
    }

    private String ask(Function<ServerInsight, String> question, Function<RemoteServer, String> remotely) {
        check();
        if (url != null) {
            return remotely.apply(new RemoteServer(uri(), KeyFile.read(keyFile)));
        }
        try (AttachedServer server = AttachedServer.attach(local())) {
            return question.apply(server.insight());
        }
    }

    private void check() {
        if (Stream.of(pid, port, url).filter(option -> option != null).count() > 1) {
            throw usage("--pid, --port and --url name a server each; give one of them");
        }
        if (keyFile != null && url == null) {
            throw usage("--key-file is for --url; a server here is asked without a key");
        }
        if (port != null && (port < 1 || port > 65_535)) {
            throw usage("--port must be 1 to 65535, but is " + port);
        }
    }

    private URI uri() {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
            throw usage("--url must be like http://127.0.0.1:8000, but is " + url);
        } catch (IllegalArgumentException e) {
            throw usage("--url must be like http://127.0.0.1:8000, but is " + url);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
