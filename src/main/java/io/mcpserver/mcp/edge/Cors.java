package io.mcpserver.mcp.edge;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets pages of an allowed origin read the answers, which browsers do not do unasked. */
final class Cors {

    private static final List<String> HEADERS = List.of(
            "Accept",
            "Authorization",
            "Content-Type",
            "Last-Event-ID",
            "Mcp-Method",
            "Mcp-Name",
            "Mcp-Protocol-Version",
            "Mcp-Session-Id");

    private static final Pattern PARAMETER = Pattern.compile("(?i)mcp-param-[a-z0-9_-]{1,64}");
    private static final int MOST_PARAMETERS = 20;

    private Cors() {}

    /**
     * Names the origin in the answer to come.
     *
     * @return whether the request was a preflight, and has been answered
     */
    static boolean answer(RoutingContext http, String origin) {
        HttpServerResponse response = http.response();
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .putHeader(HttpHeaders.VARY, "Origin")
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "Mcp-Session-Id, WWW-Authenticate");
        boolean preflight = http.request().method() == HttpMethod.OPTIONS
                && http.request().headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (preflight) {
            response.setStatusCode(204)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, allowedHeaders(http))
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "3600")
                    .end();
        }
        return preflight;
    }

    /** The headers of the protocol, and of those that are asked for the ones that repeat a tool's arguments. */
    private static String allowedHeaders(RoutingContext http) {
        String asked = http.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        return Stream.concat(
                        HEADERS.stream(),
                        Stream.of(asked == null ? "" : asked)
                                .flatMap(all -> Stream.of(all.split(",")))
                                .map(String::trim)
                                .filter(name -> PARAMETER.matcher(name).matches())
                                .limit(MOST_PARAMETERS))
                .collect(Collectors.joining(", "));
    }
}
