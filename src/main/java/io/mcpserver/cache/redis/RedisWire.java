package io.mcpserver.cache.redis;

import io.mcpserver.config.RedisAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection to Redis. After a failure it is of no use.
 *
 * <p>Threads: one at a time. Messages of failures hold no secret.
 */
final class RedisWire implements AutoCloseable {

    private final Socket plain;
    private Socket spoken;
    private ReplyReader replies;

    private RedisWire(Socket plain) {
        this.plain = plain;
        this.spoken = plain;
    }

    /** Connects, under TLS where the address says so, and gives the password. */
    static RedisWire connect(RedisAddress address, Duration limit) throws IOException {
        InetSocketAddress target = new InetSocketAddress(address.host(), address.port());
        if (target.isUnresolved()) {
            throw new UnknownHostException("the name " + address.host() + " cannot be resolved");
        }
        RedisWire wire = new RedisWire(new Socket());
        try {
            wire.within(limit, () -> {
                wire.begin(target, address);
                return null;
            });
            return wire;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private void begin(InetSocketAddress target, RedisAddress address) throws IOException {
        plain.connect(target);
        plain.setTcpNoDelay(true);
        if (address.tls()) {
            SSLSocket tls = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                    .createSocket(plain, address.host(), address.port(), true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            spoken = tls;
        }
        replies = new ReplyReader(spoken.getInputStream());
        List<Command> greeting = new ArrayList<>();
        if (address.password().isPresent()) {
            String password = address.password().get();
            greeting.add(address.user()
                    .map(user -> Command.of("AUTH", user, password))
                    .orElseGet(() -> Command.of("AUTH", password)));
        }
        greeting.add(Command.of("SELECT", Integer.toString(address.database())));
        for (Reply reply : answers(greeting)) {
            if (reply instanceof Reply.Refusal(String reason)) {
                throw new IOException("it refuses this server: " + shown(reason));
            }
        }
    }

    /**
     * Sends commands at once and returns the reply to each.
     *
     * @throws IOException if that is not done within the limit
     */
    List<Reply> exchange(List<Command> commands, Duration limit) throws IOException {
        return within(limit, () -> answers(commands));
    }

    private List<Reply> answers(List<Command> commands) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        commands.forEach(command -> command.writeTo(out));
        spoken.getOutputStream().write(out.toByteArray());
        spoken.getOutputStream().flush();
        List<Reply> all = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            all.add(replies.read());
        }
        return all;
    }

    private interface Talk<T> {

        T run() throws IOException;
    }

    /** A socket has a time limit for a read only; this one is for all that is said and heard. */
    private <T> T within(Duration limit, Talk<T> talk) throws IOException {
        CompletableFuture<Void> alarm = new CompletableFuture<>();
        alarm.whenComplete((nothing, late) -> {
            if (late instanceof TimeoutException) {
                close();
            }
        });
        alarm.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            T said = talk.run();
            if (alarm.complete(null)) {
                return said;
            }
            // Said in the moment in which the alarm closed the socket, which is of no use any more.
            throw late(limit);
        } catch (IOException e) {
            throw alarm.isCompletedExceptionally() ? late(limit) : e;
        } finally {
            alarm.complete(null);
        }
    }

    private static SocketTimeoutException late(Duration limit) {
        return new SocketTimeoutException("it does not answer within " + limit.toMillis() + " ms");
    }

    /** A text from elsewhere, fit for a log. */
    static String shown(String text) {
        return text.replaceAll("[^ -~]", "?").substring(0, Math.min(text.length(), 200));
    }

    /** Closes the socket below TLS: a farewell might block. */
    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            System.getLogger(RedisWire.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
        }
    }
}
