package io.mcpserver.tool.declarative.http.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Connections to servers, kept open for the next request to the same host at the same address. Resolves no names, follows
 * no redirects, repeats nothing, keeps no cookies, and does not look for a proxy.
 *
 * <p>Threads: safe for any number of callers; each waits for its answer while another thread talks to the server. Closing:
 * idempotent; ends what is open.
 */
final class HttpPool implements AutoCloseable {

    static final int PER_HOST = 20;
    static final int IN_TOTAL = 200;

    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout IDLE = Timeout.ofSeconds(30);
    private static final TimeValue OLDEST = TimeValue.ofMinutes(5);
    private static final int LONGEST_HEADER = 16_384;
    private static final int MOST_HEADERS = 200;

    private static final DnsResolver NOBODY = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("names are resolved before");
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException("names are resolved before");
        }
    };

    private final CloseableHttpClient client;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("http-tool-", 1).factory());

    /** @param trusted decides which certificates are believed */
    HttpPool(SSLContext trusted) {
        this.client = HttpClients.custom()
                .setConnectionManager(connections(trusted))
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setUserAgent("mcp-server")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .build();
    }

    private static HttpClientConnectionManager connections(SSLContext trusted) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(PER_HOST)
                .setMaxConnTotal(IN_TOTAL)
                .setDnsResolver(NOBODY)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trusted, HostnameVerificationPolicy.BUILTIN, null))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_HEADER)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setIdleTimeout(IDLE)
                        .setTimeToLive(OLDEST)
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(50))
                        .build())
                .build();
    }

    /**
     * Asks a server at one address.
     *
     * @param mostBytes of the body that are read, unpacked
     * @throws FetchException if no answer came
     * @throws InterruptedException if the caller was interrupted; the connection is closed then
     */
    Answer ask(WebRequest message, InetAddress address, int mostBytes, TimeLeft time)
            throws FetchException, InterruptedException {
        HttpUriRequestBase request = Exchange.request(message, time);
        Future<Answer> answer = threads.submit(
                () -> Exchange.run(client, request, message.address().origin(), address, mostBytes));
        try {
            return answer.get(Math.max(1, time.left().toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            request.cancel();
            throw new FetchException(FetchException.Kind.LATE, "did not answer in time");
        } catch (InterruptedException e) {
            request.cancel();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? Failures.of(broken) : unforeseen(e.getCause());
        }
    }

    private static FetchException unforeseen(Throwable cause) throws FetchException {
        return switch (cause) {
            case FetchException known -> known;
            case RuntimeException defect -> throw defect;
            case Error defect -> throw defect;
            default -> throw new IllegalStateException(cause);
        };
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        threads.shutdownNow();
    }
}
