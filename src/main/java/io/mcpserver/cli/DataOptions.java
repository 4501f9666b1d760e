package io.mcpserver.cli;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.insight.InsightException;
import io.mcpserver.insight.process.AttachedServer;
import io.mcpserver.insight.process.LocalServer;
import io.mcpserver.insight.process.RemoteServer;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.service.DataFormat;
import io.mcpserver.storage.service.Engines;
import io.mcpserver.storage.service.StoreService;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command on the data: whose store it is. A picocli mixin. */
public final class DataOptions {

    @Mixin
    ConfigOptions config;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "A server elsewhere, such as https://mcp.example.com; it must have a key with admin: true.")
    String url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file that holds the key for --url; - is standard input.")
    String keyFile;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    /** Whether the store of a server elsewhere is meant. */
    boolean elsewhere() {
        return url != null;
    }

    /** The configuration; what is wrong with it is told, and makes it empty. */
    Optional<ServerConfig> load(PrintWriter err) {
        return load(config, err);
    }

    /** The configuration that options name; what is wrong with it is told, and makes it empty. */
    static Optional<ServerConfig> load(ConfigOptions options, PrintWriter err) {
        LoadedConfig loaded = options.load();
        loaded.problems().stream()
                .filter(problem -> problem.severity() != Problem.Severity.NOTE)
                .forEach(problem -> err.println(problem.render()));
        return loaded.valid();
    }

    /**
     * The data folder, with a store in it: none is begun by a command that wants what is there.
     *
     * @throws StoreException {@code NOT_FOUND} if it is not there, or has no store
     */
    static Path requireStore(ServerConfig config) {
        Path data = config.storage().path();
        if (!Files.isDirectory(data)) {
            throw notFound(Files.exists(data) ? data + " is no folder" : "There is no data folder " + data);
        }
        Set<String> names = new HashSet<>(Engines.files());
        names.add(DataFormat.FILE);
        if (names.stream().noneMatch(name -> Files.exists(data.resolve(name))) && !StoreSwap.begun(data)) {
            throw notFound("There is no store in the folder " + data);
        }
        return data;
    }

    private static StoreException notFound(String what) {
        return new StoreException(ErrorCode.NOT_FOUND, what + ": name the right one with --data or --config.");
    }

    /** The store of the server at {@code --url}. */
    DataLine remote() {
        return new RemoteLine(new RemoteServer(uri(), KeyFile.read(keyFile)), url);
    }

    /**
     * The store in the data folder: opened here, or through the server that has it.
     *
     * @param create whether a folder or store that is not there is made
     * @throws StoreException {@code NOT_FOUND} if it is not there and shall not be made; else as the engine says
     * @throws InsightException if the server that has it does not let this process in
     */
    DataLine local(ServerConfig config, boolean create) {
        if (keyFile != null) {
            throw usage("--key-file is for --url; a server here is asked without a key");
        }
        if (!create) {
            requireStore(config);
        }
        StoreService stores = new StoreService(config);
        try {
            stores.store();
            return new LocalLine(config, stores);
        } catch (StoreException e) {
            stores.close();
            return switch (e.code()) {
                case STORE_LOCKED -> attach(config, e);
                // Of another engine than is configured here: a server that runs on it knows its own.
                case CONFLICT -> attach(config, lockedOr(e, config));
                default -> throw e;
            };
        }
    }

    /** What the lock of the data folder says; throws something else where nobody has it. */
    private static StoreException lockedOr(StoreException other, ServerConfig config) {
        try (DirectoryLock lock = DirectoryLock.acquire(config.storage().path())) {
            throw other;
        } catch (StoreException e) {
            if (e.code() == ErrorCode.STORE_LOCKED) {
                return e;
            }
            throw e;
        }
    }

    /** Does what cannot be done beside a server; one that runs is named, with what to do. */
    static <T> T whileStopped(ServerConfig config, Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException e) {
            if (e.code() != ErrorCode.STORE_LOCKED) {
                throw e;
            }
            Path data = config.storage().path();
            OptionalLong pid = DirectoryLock.owner(data);
            throw new StoreException(
                    e.code(),
                    "A server runs on %s%s, and this is not done beside one: stop it, repeat this, and start it again."
                            .formatted(data, pid.isPresent() ? " (pid " + pid.getAsLong() + ")" : ""),
                    e);
        }
    }

    /** The store of the server that has the data folder; where that cannot be asked, what was thrown is thrown again. */
    static DataLine attach(ServerConfig config, StoreException locked) {
        OptionalLong pid = DirectoryLock.owner(config.storage().path());
        if (pid.isEmpty() || pid.getAsLong() == ProcessHandle.current().pid()) {
            throw locked;
        }
        try {
            return new AttachedLine(AttachedServer.attach(LocalServer.byPid(pid.getAsLong())));
        } catch (InsightException e) {
            throw new StoreException(
                    ErrorCode.STORE_LOCKED, locked.getMessage() + " It cannot be asked: " + e.getMessage(), e);
        }
    }

    private URI uri() {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw usage("--url must be like http://127.0.0.1:8000, but is " + url);
        }
        throw usage("--url must be like http://127.0.0.1:8000, but is " + url);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
