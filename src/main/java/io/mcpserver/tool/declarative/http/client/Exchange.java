package io.mcpserver.tool.declarative.http.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;

/** One request and its answer, in the words of the library. */
final class Exchange {

    private Exchange() {}

    /** The request, which another thread may cancel. */
    static HttpUriRequestBase request(WebRequest message, TimeLeft time) {
        Origin origin = message.address().origin();
        HttpUriRequestBase request = new HttpUriRequestBase(message.method(), URI.create("/"));
        request.setScheme(origin.scheme());
        request.setAuthority(new URIAuthority(
                origin.host().text(), origin.port() == Origin.usualPort(origin.secure()) ? -1 : origin.port()));
        request.setPath(message.address().path());
        message.headers().forEach(header -> request.addHeader(header.name(), header.value()));
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
        message.content().ifPresent(content -> {
            request.setHeader(HttpHeaders.CONTENT_TYPE, content.type());
            request.setEntity(new ByteArrayEntity(content.bytes(), null));
        });
        Timeout left = Timeout.ofMilliseconds(Math.max(1, time.left().toMillis()));
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(left)
                .setResponseTimeout(left)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setContentCompressionEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build());
        return request;
    }

    static Answer run(
            CloseableHttpClient client, HttpUriRequestBase request, Origin origin, InetAddress address, int mostBytes)
            throws IOException, FetchException {
        HttpHost host = new HttpHost(origin.scheme(), address, origin.host().text(), origin.port());
        ClassicHttpResponse response = client.executeOpen(host, request, null);
        boolean whole = false;
        try {
            BodyReader.Read read = BodyReader.read(response, mostBytes);
            whole = read.whole();
            return new Answer(
                    origin.authority(),
                    response.getCode(),
                    value(response, HttpHeaders.CONTENT_TYPE),
                    value(response, HttpHeaders.LOCATION),
                    value(response, HttpHeaders.RETRY_AFTER),
                    read.bytes(),
                    whole);
        } finally {
            if (!whole) {
                request.cancel();
            }
            Closer.closeQuietly(response);
        }
    }

    private static Optional<String> value(HttpMessage response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }
}
