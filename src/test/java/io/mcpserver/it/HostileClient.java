package io.mcpserver.it;

import io.mcpserver.it.KeptConnection.Answer;
import io.mcpserver.it.hostile.Chance;
import io.mcpserver.it.hostile.HostileRequests;
import io.mcpserver.it.hostile.HostileRequests.After;
import io.mcpserver.it.hostile.HostileRequests.Request;
import io.mcpserver.mcp.testing.McpMessages;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sends hostile requests one after the other, looks at every answer, and ends every session that one of
 * them began. Not for several threads.
 */
final class HostileClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TOO_MANY = 20;

    private final int port;
    private final long seed;
    private final HostileRequests requests;
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Map<String, String> faults = new LinkedHashMap<>();
    private KeptConnection connection;
    private String session;
    private int number;

    HostileClient(int port, long seed) throws IOException {
        this.port = port;
        this.seed = seed;
        this.requests = new HostileRequests(new Chance(seed));
        this.session = begin();
    }

    /** How often each status was answered; 0 stands for a connection that was closed instead. */
    Map<Integer, Integer> statuses() {
        return statuses;
    }

    /** What was wrong, each kind once with the request that showed it first. */
    Map<String, String> faults() {
        return faults;
    }

    /** Sends the next {@code count}; gives up where too many go wrong. */
    void send(int count) throws IOException {
        int wrong = 0;
        for (int i = 0; i < count && wrong < TOO_MANY; i++) {
            number++;
            Request request = requests.next(session);
            try {
                exchange(request);
            } catch (IOException | RuntimeException | AssertionError e) {
                wrong++;
                String kind = String.valueOf(e.getMessage())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .replaceAll("\\d+", "N");
                faults.putIfAbsent(
                        kind,
                        "Message " + number + " of the client with the seed " + seed + ": " + e + "\n"
                                + shown(request));
                disconnect();
            }
        }
    }

    private void exchange(Request request) throws IOException {
        Optional<Answer> answered = answer(request);
        statuses.merge(answered.map(Answer::status).orElse(0), 1, Integer::sum);
        if (answered.isPresent()) {
            check(answered.get());
        }
        if (request.bytes().length > 0 && request.bytes()[0] == 'D') {
            // It may have ended the session.
            delete(session);
            session = begin();
        }
    }

    private void check(Answer answer) throws IOException {
        boolean full = answer.status() == 503 && answer.text().contains("Too many");
        if (answer.status() >= 500 && !full) {
            throw new AssertionError("The answer is " + answer.status() + " " + answer.text());
        }
        Discretion.faultOfBody(answer.header("Content-Type"), answer.text()).ifPresent(fault -> {
            throw new AssertionError(fault + "\nin " + answer.status() + " " + answer.text());
        });
        String begun = answer.header("Mcp-Session-Id");
        if (answer.status() == 200 && !begun.isEmpty() && !begun.equals(session)) {
            delete(begun);
        }
    }

    private Optional<Answer> answer(Request request) throws IOException {
        try {
            connected().send(request.bytes());
            if (request.after() == After.UNFINISHED) {
                connected().finish();
            }
            Answer answer = connected().answer(request.headOnly());
            if (answer.status() == 101 || request.after() != After.KEPT) {
                disconnect();
            } else if (answer.last()) {
                leave();
            }
            return Optional.of(answer);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("There is no answer", e);
        } catch (EOFException | SocketException closed) {
            if (request.after() == After.KEPT) {
                throw new AssertionError("The connection was closed instead of an answer", closed);
            }
            disconnect();
            return Optional.empty();
        }
    }

    private String begin() throws IOException {
        Answer answer = proper("POST", "", McpMessages.INITIALIZE);
        String begun = answer.header("Mcp-Session-Id");
        if (answer.status() != 200 || begun.isEmpty()) {
            throw new AssertionError("No session can be begun any more: " + answer.status() + " " + answer.text());
        }
        proper("POST", "Mcp-Session-Id: " + begun + "\r\n", McpMessages.INITIALIZED);
        return begun;
    }

    private void delete(String id) throws IOException {
        proper("DELETE", "Mcp-Session-Id: " + id + "\r\n", "");
    }

    private Answer proper(String method, String line, String body) throws IOException {
        String head = method + " /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\n" + line + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n";
        Answer answer = connected().send(head + body).answer(false);
        if (answer.last()) {
            leave();
        }
        return answer;
    }

    private KeptConnection connected() throws IOException {
        if (connection == null) {
            connection = new KeptConnection(port, PATIENCE);
        }
        return connection;
    }

    private void leave() throws IOException {
        connection.close();
        connection = null;
    }

    private void disconnect() throws IOException {
        if (connection != null) {
            connection.reset();
            connection = null;
        }
    }

    private static String shown(Request request) {
        String all = new String(request.bytes(), StandardCharsets.ISO_8859_1);
        return all.length() > 1_500 ? all.substring(0, 1_500) + " … " + all.length() + " bytes" : all;
    }

    @Override
    public void close() throws IOException {
        delete(session);
        disconnect();
    }
}
