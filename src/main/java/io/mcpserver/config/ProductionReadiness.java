package io.mcpserver.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is fine on a desk and unsafe in production. With {@code --prod} each finding refuses the start; without it, it is
 * a warning.
 */
public final class ProductionReadiness {

    private static final String ANY_HOST = "*";

    private final LoadedConfig loaded;
    private final ServerConfig config;
    private final Problem.Severity severity;
    private final List<Problem> findings = new ArrayList<>();

    private ProductionReadiness(LoadedConfig loaded, Problem.Severity severity) {
        this.loaded = loaded;
        this.config = loaded.valid().orElseThrow();
        this.severity = severity;
    }

    /**
     * The findings about a valid configuration, each with the key to change.
     *
     * @param refuse whether the findings are errors; otherwise they are warnings
     */
    public static List<Problem> findings(LoadedConfig loaded, boolean refuse) {
        return new ProductionReadiness(loaded, refuse ? Problem.Severity.ERROR : Problem.Severity.WARNING).all();
    }

    private List<Problem> all() {
        if (config.transport().type() != ServerConfig.TransportType.STDIO) {
            network(config.transport());
            proxies(config.transport());
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        if (config.storage().path().startsWith(temporary)) {
            add(
                    "storage.path",
                    "is in the temporary folder " + temporary + ", which is emptied at times; take another");
        }
        if (config.tools().autoDiscover()) {
            config.tools().directories().forEach(this::toolDirectory);
        }
        config.sources()
                .forEach((name, source) -> source.driver().ifPresent(driver -> driver("sources." + name, driver)));
        return findings;
    }

    /** Who may write a tool file decides what this server does. */
    private void toolDirectory(Path directory) {
        if (isOpen(directory)) {
            add(
                    "tools.directories",
                    "has " + directory + ", which other users may write to, and so add tools; take that from them "
                            + "with \"chmod go-w\"");
        }
    }

    /** Its code runs in this server. */
    private void driver(String source, Path driver) {
        Path folder = driver.getParent();
        if (isOpen(driver) || folder != null && isOpen(folder)) {
            add(
                    source + ".driver",
                    "is " + driver + ", which other users may write to, and so have the server run their code; take "
                            + "that from them with \"chmod go-w\", on its folder too");
        }
    }

    private static boolean isOpen(Path path) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            boolean open = permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
            return open && !Files.getFileStore(path).isReadOnly();
        } catch (IOException | UnsupportedOperationException e) {
            // Not there yet, or a file system without permissions.
            return false;
        }
    }

    private void network(ServerConfig.Transport transport) {
        String address = transport.host();
        if (!Loopback.is(address) && config.security().apiKeys().isEmpty()) {
            add(
                    "security.api_keys",
                    "is empty, so everyone who reaches " + address + " may read and change the data; make a key with "
                            + "\"mcp-server keys new\", or set transport.host to 127.0.0.1");
        }
        if (transport.allowedHosts().contains(ANY_HOST)) {
            add(
                    "transport.allowed_hosts",
                    "has \"*\", so every name is let in on " + address + ", also one that a web page makes up; list "
                            + "the names that clients use");
        }
    }

    private void proxies(ServerConfig.Transport transport) {
        transport.trustedProxies().stream()
                .filter(network -> network.endsWith("/0"))
                .forEach(network -> add(
                        "transport.trusted_proxies",
                        "has " + network
                                + ", so everybody may say where a request came from; list the addresses of the "
                                + "proxies"));
    }

    private void add(String key, String message) {
        findings.add(new Problem(severity, loaded.shownFile(), 0, 0, key, message, Optional.empty()));
    }
}
