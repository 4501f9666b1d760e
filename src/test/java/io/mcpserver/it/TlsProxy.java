package io.mcpserver.it;

import io.mcpserver.mcp.testing.RawHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;

/**
 * The nginx of a machine on the internet, on loopback: it runs {@code nginx/mcp-server.conf} of the distribution, in which
 * only ports and the paths of the certificate are replaced.
 *
 * <p>While it runs, the default {@link SSLContext} trusts its certificate.
 */
final class TlsProxy implements AutoCloseable {

    /** The name in the configuration and the certificate. */
    static final String NAME = "mcp.example.com";

    private static final Path CONFIGURATION =
            Path.of(System.getProperty("test.distribution")).resolve("nginx/mcp-server.conf");

    /** A master with workers, as packages set it up, because only a master reloads. */
    private static final String MAIN = """
            %s
            worker_processes 2;
            pid nginx.pid;
            error_log stderr warn;
            events {
            }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                include mcp-server.conf;
            }
            """;

    private final Path directory;
    private final RunningServer process;
    private final int plainPort;
    private final SSLContext before;

    private TlsProxy(Path directory, RunningServer process, int plainPort) {
        this.directory = directory;
        this.process = process;
        this.plainPort = plainPort;
        try {
            before = SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts one that listens when this returns, in front of a server on this port of 127.0.0.1. */
    static TlsProxy start(Path directory, int server) {
        return start(directory, server, List.of());
    }

    /** @param edits of the configuration that its comments tell of: each a text that it has once and another for it */
    static TlsProxy start(Path directory, int server, List<List<String>> edits) {
        int port = ServerLaunch.freePort();
        int plainPort = ServerLaunch.freePort();
        try {
            Files.createDirectories(directory);
            run(
                    directory,
                    ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout key.pem"
                                    + " -out certificate.pem -subj /CN=NAME -addext"
                                    + " subjectAltName=DNS:NAME,DNS:localhost,IP:127.0.0.1")
                            .replace("NAME", NAME)
                            .split(" "));
            Files.writeString(directory.resolve("nginx.conf"), MAIN.formatted(user()));
            Files.writeString(
                    directory.resolve("mcp-server.conf"),
                    edited(addressed(Files.readString(CONFIGURATION), port, plainPort, server, directory), edits));
            Process started = new ProcessBuilder(
                            NginxProxy.program(), "-p", directory + "/", "-c", "nginx.conf", "-g", "daemon off;")
                    .directory(directory.toFile())
                    .start();
            TlsProxy proxy = new TlsProxy(directory, new RunningServer(started, port), plainPort);
            try {
                SSLContext.setDefault(trusting(directory.resolve("certificate.pem")));
                return proxy.awaitListening();
            } catch (RuntimeException | Error e) {
                proxy.close();
                throw new AssertionError("nginx: " + proxy.process.stderr().text(), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code https://localhost:PORT} followed by {@code path}. */
    URI uri(String path) {
        return URI.create("https://localhost:" + process.port() + path);
    }

    int port() {
        return process.port();
    }

    /** Where {@code http://} is. */
    int plainPort() {
        return plainPort;
    }

    /** What clients that ask no operating system may trust. */
    Path certificate() {
        return directory.resolve("certificate.pem");
    }

    /** {@code nginx -s reload}; returns when new workers serve. */
    void reload() throws IOException {
        Set<Long> old = workers();
        run(directory, NginxProxy.program(), "-p", directory + "/", "-c", "nginx.conf", "-s", "reload");
        Awaitility.await("new workers").pollInterval(Duration.ofMillis(20)).until(() -> workers().stream()
                .anyMatch(worker -> !old.contains(worker)));
    }

    @Override
    public void close() {
        SSLContext.setDefault(before);
        process.terminate();
        process.close();
    }

    private Set<Long> workers() {
        return ProcessHandle.of(process.pid())
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private TlsProxy awaitListening() {
        Awaitility.await("nginx")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> !process.isRunning())
                .ignoreException(UncheckedIOException.class)
                .until(() -> RawHttp.get(uri("/"), "/q/").send().status() == 404);
        return this;
    }

    private static String addressed(String text, int port, int plainPort, int server, Path directory) {
        return edited(
                text,
                List.of(
                        List.of("    listen 80;\n", "    listen 127.0.0.1:" + plainPort + ";\n"),
                        List.of("    listen 443 ssl http2; ", "    listen 127.0.0.1:" + port + " ssl http2; "),
                        List.of("    listen [::]:80;\n", ""),
                        List.of("    listen [::]:443 ssl http2;\n", ""),
                        List.of("server 127.0.0.1:8000;", "server 127.0.0.1:" + server + ";"),
                        List.of("/etc/letsencrypt/live/mcp.example.com/fullchain.pem", directory + "/certificate.pem"),
                        List.of("/etc/letsencrypt/live/mcp.example.com/privkey.pem", directory + "/key.pem")));
    }

    private static String edited(String text, List<List<String>> edits) {
        String edited = text;
        for (List<String> edit : edits) {
            if (edited.split(Pattern.quote(edit.getFirst()), -1).length != 2) {
                throw new AssertionError(CONFIGURATION + " should have \"" + edit.getFirst() + "\" once");
            }
            edited = edited.replace(edit.getFirst(), edit.getLast());
        }
        return edited;
    }

    /** Workers of root would be of a user who may not read the test's folder. */
    private static String user() {
        return "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(NAME, certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void run(Path directory, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
