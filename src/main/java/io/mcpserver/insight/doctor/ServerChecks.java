package io.mcpserver.insight.doctor;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ProductionReadiness;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.embedding.Embedder;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.insight.process.LocalServer;
import io.mcpserver.insight.process.PortOwner;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.service.Embedders;
import io.mcpserver.storage.service.Engines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a server with this configuration would meet: configuration, folders, disk, port, store, model, tools. */
public final class ServerChecks {

    private static final long LEAST_DISK = 100L << 20;
    private static final String STORE = "store";
    private static final String DISK = "disk";
    private static final String DATA = "data folder";
    private static final String PORT = "port";

    private final ServerConfig config;
    private final boolean portAsked;

    /** @param portAsked whether the port is of interest though the transport is stdio */
    public ServerChecks(ServerConfig config, boolean portAsked) {
        this.config = config;
        this.portAsked = portAsked;
    }

    /** The same faults that validate-config finds, one check each; a single one where there is none. */
    public static List<Check> configuration(LoadedConfig loaded) {
        List<Problem> problems = new ArrayList<>(loaded.problems());
        loaded.valid().ifPresent(valid -> problems.addAll(ProductionReadiness.findings(loaded, false)));
        List<Check> checks = new ArrayList<>();
        for (Problem problem : problems) {
            switch (problem.severity()) {
                case ERROR ->
                    checks.add(Check.problem(
                            "configuration", problem.inWords(), "Correct it in " + problem.source() + "."));
                case WARNING -> checks.add(Check.warning("configuration", problem.inWords(), ""));
                case NOTE -> {
                    // Said by validate-config; nothing is wrong.
                }
            }
        }
        if (checks.isEmpty()) {
            checks.add(Check.ok(
                    "configuration",
                    loaded.file().map(Path::toString).orElse("no file, defaults") + ", nothing is wrong with it"));
        }
        return checks;
    }

    /** All checks, each for itself. */
    public List<Check> all() {
        List<Check> checks = new ArrayList<>();
        Check folder = folder(config.storage().path());
        checks.add(folder);
        if (portAsked || config.transport().type() != TransportType.STDIO) {
            checks.add(port());
        }
        checks.addAll(toolFolders());
        checks.add(model());
        if (folder.verdict() != Check.Verdict.PROBLEM) {
            checks.add(disk(config.storage().path()));
            checks.add(store());
        }
        return checks;
    }

    static Check folder(Path folder) {
        Path existing = existing(folder);
        String user = System.getProperty("user.name");
        if (!Files.isDirectory(existing)) {
            return Check.problem(
                    DATA,
                    existing + " is a file, not a folder",
                    "Move it away, or set storage.path to another folder.");
        }
        if (!writable(existing)) {
            return Check.problem(
                    DATA,
                    existing + " cannot be written by " + user,
                    "Give it to that user (chown), mount it writable, or set storage.path to another folder.");
        }
        return Check.ok(
                DATA, folder + (existing.equals(folder) ? " is writable" : " does not exist yet and can be made"));
    }

    private static Path existing(Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    /** By trying: to root every folder says that it is writable, also on a file system that is not. */
    private static boolean writable(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, ".mcp-server-doctor", ""));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Check disk(Path folder) {
        long free = existing(folder).toFile().getUsableSpace();
        String found = "%,d MiB free at %s".formatted(free >> 20, folder);
        return free >= LEAST_DISK
                ? Check.ok(DISK, found)
                : Check.problem(DISK, found + ", less than 100 MiB", "Make room, or set storage.path to another disk.");
    }

    private Check port() {
        int port = config.transport().port();
        String address = config.transport().host() + ":" + port;
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(
                            InetAddress.getByName(config.transport().host()), port),
                    1);
            return Check.ok(PORT, address + " is free");
        } catch (IOException e) {
            Optional<PortOwner> owner = PortOwner.of(port);
            if (owner.isEmpty()) {
                return Check.problem(
                        PORT,
                        address + " cannot be listened on: " + e.getMessage(),
                        "Set transport.host to an address of this machine; ports below 1024 need a right of their own.");
            }
            return taken(address, owner.get());
        }
    }

    private static Check taken(String address, PortOwner owner) {
        OptionalLong pid = owner.pid();
        if (pid.isEmpty()) {
            return Check.problem(
                    PORT,
                    "%s is taken by another user's process (uid %d)".formatted(address, owner.user()),
                    "Take another port with transport.port, or ask that user.");
        }
        boolean server = LocalServer.isServer(pid.getAsLong());
        return server
                ? Check.ok(PORT, "%s is served by mcp-server, pid %d".formatted(address, pid.getAsLong()))
                : Check.problem(
                        PORT,
                        "%s is taken by pid %d (%s)"
                                .formatted(address, pid.getAsLong(), LocalServer.program(pid.getAsLong())),
                        "Stop that process, or take another port with transport.port.");
    }

    private List<Check> toolFolders() {
        List<Check> checks = new ArrayList<>();
        for (Path folder : config.tools().directories()) {
            if (Files.isDirectory(folder) && !Files.isReadable(folder)) {
                checks.add(Check.problem(
                        "tools", folder + " cannot be read", "Let the user of the server read and enter it."));
            } else if (Files.exists(folder) && !Files.isDirectory(folder)) {
                checks.add(Check.problem("tools", folder + " is a file", "tools.directories must name folders."));
            } else if (Files.isDirectory(folder)) {
                checks.add(Check.ok("tools", folder + " can be read"));
            }
        }
        if (checks.isEmpty()) {
            checks.add(Check.ok("tools", config.tools().enabled() ? "built-in tools only" : "switched off"));
        }
        return checks;
    }

    private Check model() {
        if (!config.embedding().enabled()) {
            return Check.ok("model", "none: search is by words only");
        }
        try {
            Embedders.find(config.embedding()).ifPresent(ServerChecks::tryOut);
            return Check.ok("model", config.embedding().model() + " is present and works");
        } catch (RuntimeException | LinkageError e) {
            return Check.problem(
                    "model",
                    config.embedding().model() + " does not work: " + e.getMessage(),
                    "Let the temporary folder be written and executed from, install the program anew, or set"
                            + " embedding.model: none.");
        }
    }

    private static void tryOut(Embedder embedder) {
        try (embedder) {
            embedder.embed(List.of("word"));
        }
    }

    /** Opens the record as a start would, without the index; what belongs to another user is left alone. */
    private Check store() {
        Path path = config.storage().path();
        if (!Files.isDirectory(path) || isEmpty(path)) {
            return Check.ok(STORE, "there is none yet; the first start makes it");
        }
        Optional<String> stranger = stranger(path);
        if (stranger.isPresent()) {
            return Check.warning(
                    STORE,
                    path + " belongs to " + stranger.get() + ", so it was not opened",
                    "Run the command as that user: files that another one makes there may keep the server out.");
        }
        try (DocumentStore store = Engines.find(config.storage().type()).open(config.storage(), changes -> {})) {
            List<CollectionInfo> collections = store.collections();
            return Check.ok(
                    STORE,
                    "%s in %s opens; collections: %,d, documents: %,d"
                            .formatted(
                                    config.storage().type(),
                                    path,
                                    collections.size(),
                                    collections.stream()
                                            .mapToLong(CollectionInfo::documents)
                                            .sum()));
        } catch (CodedException e) {
            return e.code() == ErrorCode.STORE_LOCKED
                    ? Check.ok(STORE, "the server with pid %s has it, so it was not opened".formatted(owner(path)))
                    : Check.problem(
                            STORE, e.getMessage(), "Keep a copy of " + path + " before anything is tried with it.");
        }
    }

    private static String owner(Path folder) {
        try {
            return Files.readString(folder.resolve(DirectoryLock.FILE)).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static Optional<String> stranger(Path folder) {
        try {
            String owner = Files.getOwner(folder).getName();
            return owner.equals(System.getProperty("user.name")) ? Optional.empty() : Optional.of(owner);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static boolean isEmpty(Path folder) {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
