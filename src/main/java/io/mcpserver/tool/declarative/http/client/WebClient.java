package io.mcpserver.tool.declarative.http.client;

import io.mcpserver.tool.declarative.http.client.FetchException.Kind;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Asks servers that may be asked, and follows their redirects as far as they may be followed.
 *
 * <p>Threads: safe for any number of callers. Closing: idempotent; ends what is open.
 */
public final class WebClient implements AutoCloseable {

    /** Addresses of one host that are tried, one after the other. */
    private static final int TRIES = 3;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /**
     * How far a request may go.
     *
     * @param allowed asked anew for each request
     * @param redirects that are followed at most
     * @param mostBytes of the answer, unpacked
     * @param wanted statuses that are an answer even though they could be followed
     * @param unnamed whether nobody may be told which server is asked
     */
    public record Bounds(
            AllowedHosts allowed, int redirects, int mostBytes, Set<Integer> wanted, TimeLeft time, boolean unnamed) {

        public Bounds(AllowedHosts allowed, int redirects, int mostBytes, Set<Integer> wanted, TimeLeft time) {
            this(allowed, redirects, mostBytes, wanted, time, false);
        }
    }

    /** What people are told of a server that may not be named. */
    public static final String UNNAMED = "its server";

    private final AddressGuard guard;
    private final HttpPool pool;

    /** A client that resolves names as the machine does, and believes the certificates that Java believes. */
    public WebClient() {
        this(NameResolver.SYSTEM, usualTrust());
    }

    /** @param trusted decides which certificates are believed */
    public WebClient(NameResolver resolver, SSLContext trusted) {
        this.guard = new AddressGuard(resolver);
        this.pool = new HttpPool(trusted);
    }

    private static SSLContext usualTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Asks, and goes where the answer redirects to.
     *
     * @throws FetchException if no answer came, or it leads where it may not be followed
     * @throws InterruptedException if the caller was interrupted; the connection is closed then
     */
    public Answer ask(WebRequest first, Bounds bounds) throws FetchException, InterruptedException {
        WebRequest request = first;
        for (int followed = 0; ; followed++) {
            Origin asked = request.address().origin();
            try {
                Answer answer = askOnce(request, bounds);
                if (!REDIRECTS.contains(answer.status()) || bounds.wanted().contains(answer.status())) {
                    return answer;
                }
                if (followed == bounds.redirects()) {
                    throw FetchException.forbidden(
                            followed == 0
                                    ? "redirects (%d), which this tool does not follow".formatted(answer.status())
                                    : "redirects more than %d times".formatted(followed));
                }
                request = next(request, answer, first.address().origin(), bounds);
            } catch (FetchException e) {
                throw new FetchException(
                        e.kind(), (bounds.unnamed() ? UNNAMED : asked.authority()) + " " + e.getMessage());
            }
        }
    }

    private static WebRequest next(WebRequest request, Answer answer, Origin written, Bounds bounds)
            throws FetchException {
        Origin from = request.address().origin();
        WebAddress to = request.address().resolve(location(answer));
        String shown = bounds.unnamed() ? "another server" : to.origin().toString();
        if (from.secure() && !to.origin().secure()) {
            throw FetchException.forbidden("redirects from https to http, which is not followed");
        }
        if (!to.origin().equals(written) && !bounds.allowed().names(to.origin())) {
            throw FetchException.forbidden(
                    "redirects to %s, which the operator would have to list in tools.allowed_hosts".formatted(shown));
        }
        WebRequest moved = turnsIntoGet(request, answer.status()) ? request.asGet() : request;
        if (moved.content().isPresent() && !to.origin().equals(from)) {
            throw FetchException.forbidden(
                    "redirects to %s, where the content of the request is not sent".formatted(shown));
        }
        return moved.at(to);
    }

    private static String location(Answer answer) throws FetchException {
        return answer.location()
                .orElseThrow(() -> new FetchException(Kind.UNREADABLE, "redirects without saying where to"));
    }

    private static boolean turnsIntoGet(WebRequest message, int status) {
        return status == 303 || (message.method().equals("POST") && (status == 301 || status == 302));
    }

    private Answer askOnce(WebRequest request, Bounds bounds) throws FetchException, InterruptedException {
        List<InetAddress> addresses = addresses(request.address().origin(), bounds);
        for (int i = 0; ; i++) {
            try {
                return pool.ask(request, addresses.get(i), bounds.mostBytes(), bounds.time());
            } catch (FetchException e) {
                if (e.kind() != Kind.UNREACHABLE || i + 1 == Math.min(TRIES, addresses.size())) {
                    throw e;
                }
            }
        }
    }

    private List<InetAddress> addresses(Origin origin, Bounds bounds) throws FetchException {
        try {
            return guard.addresses(origin, bounds.allowed());
        } catch (FetchException e) {
            throw bounds.unnamed() && e.kind() == Kind.FORBIDDEN
                    ? FetchException.forbidden("is not reached because it has an address that is not of the open"
                            + " internet; the operator can list it in tools.allowed_hosts")
                    : e;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
