package io.mcpserver.tool.declarative.http.client;

import io.mcpserver.tool.declarative.http.client.FetchException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Says in words what an exchange failed of. */
final class Failures {

    private Failures() {}

    static FetchException of(IOException cause) {
        return switch (cause) {
            case ConnectTimeoutException e -> failure(Kind.UNREACHABLE, "accepted no connection in time");
            case ConnectException e -> failure(Kind.UNREACHABLE, "refused the connection");
            case NoRouteToHostException e -> failure(Kind.UNREACHABLE, "cannot be reached from here");
            case ConnectionRequestTimeoutException e ->
                failure(Kind.LATE, "is asked by too many calls at once (%d)".formatted(HttpPool.PER_HOST));
            case SocketTimeoutException e -> failure(Kind.LATE, "did not answer in time");
            case NoHttpResponseException e -> failure(Kind.BROKEN, "closed the connection without an answer");
            case MessageConstraintException e -> failure(Kind.TOO_LARGE, "sent headers that are too long or too many");
            case SSLException e ->
                failure(Kind.UNREADABLE, "cannot be trusted: its TLS certificate or its TLS is not accepted");
            case ClientProtocolException e -> failure(Kind.UNREADABLE, "sent something that is not HTTP");
            default -> failure(Kind.BROKEN, "broke the connection off");
        };
    }

    private static FetchException failure(Kind kind, String words) {
        return new FetchException(kind, words);
    }
}
