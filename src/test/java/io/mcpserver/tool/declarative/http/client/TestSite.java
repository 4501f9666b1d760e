package io.mcpserver.tool.declarative.http.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A real HTTP server on the loopback address that remembers what it was asked. */
public final class TestSite implements AutoCloseable {

    /** @param headers names in lower case */
    public record Asked(String method, String target, Map<String, String> headers, String body) {}

    /** What a path does with a request; the body was read already. */
    public interface Page {

        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();

    private TestSite(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.start();
    }

    public static TestSite open() {
        try {
            return new TestSite(HttpServer.create(anyPort(), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestSite openSecure(SSLContext identity) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(identity));
            return new TestSite(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    }

    /** Says what is at a path and below. */
    public TestSite at(String path, Page page) {
        server.createContext(path, exchange -> {
            connections.add(exchange.getRemoteAddress());
            try (exchange) {
                asked.add(asked(exchange));
                page.answer(exchange);
            }
        });
        return this;
    }

    /** Says anew what is at a path. */
    public TestSite replace(String path, Page page) {
        try {
            server.removeContext(path);
        } catch (IllegalArgumentException e) {
            // There was nothing yet.
        }
        return at(path, page);
    }

    /** A page that always says the same. */
    public TestSite says(String path, int status, String type, String body) {
        return at(path, exchange -> send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A page that leads elsewhere. */
    public TestSite redirects(String path, int status, String location) {
        return at(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(status, -1);
        });
    }

    public static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Asked asked(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(", ", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Host and port. */
    public String authority() {
        return "127.0.0.1:" + port();
    }

    public String url(String path) {
        return scheme + "://" + authority() + path;
    }

    /** All that was asked, in order. */
    public List<Asked> asked() {
        return asked;
    }

    public Asked last() {
        return asked.getLast();
    }

    /** How many connections requests came over. */
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
