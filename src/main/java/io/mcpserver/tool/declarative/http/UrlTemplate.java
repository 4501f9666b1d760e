package io.mcpserver.tool.declarative.http;

import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.Template.Part;
import io.mcpserver.tool.declarative.http.client.FetchException;
import io.mcpserver.tool.declarative.http.client.Origin;
import io.mcpserver.tool.declarative.http.client.WebAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address in which inputs are filled in, none of which can leave its place: an input in the path stays in its segment.
 *
 * @param server who is asked
 * @param segments of the path
 * @param query what stands behind the question mark
 */
record UrlTemplate(ServerTemplate server, List<PathSegment> segments, List<Part> query) {

    private static final String UNCLEAR =
            "must begin with http:// or https:// and a host, or with a secret such as ${env.BASE_URL}";

    /** Empty where {@code body} was told of a fault. */
    static Optional<UrlTemplate> read(KindBody body) {
        List<Part> parts = body.secretTemplate("/url").parts();
        Optional<ServerTemplate> server = ServerTemplate.read(parts);
        if (server.isEmpty()) {
            body.fault("/url", UNCLEAR);
            return Optional.empty();
        }
        return read(body, server.get(), server.get().rest(parts));
    }

    private static Optional<UrlTemplate> read(KindBody body, ServerTemplate server, List<Part> rest) {
        Optional<String> fault = server.fault(rest).or(() -> fault(rest));
        if (fault.isPresent()) {
            body.fault("/url", fault.get());
            return Optional.empty();
        }
        List<Part> path = new ArrayList<>();
        List<Part> query = new ArrayList<>();
        boolean asks = false;
        for (Part part : rest) {
            int at = !asks && part instanceof Part.Literal(String text) ? text.indexOf('?') : -1;
            if (at < 0) {
                (asks ? query : path).add(part);
            } else {
                String text = ((Part.Literal) part).text();
                path.add(new Part.Literal(text.substring(0, at)));
                query.add(new Part.Literal(text.substring(at + 1)));
                asks = true;
            }
        }
        return Optional.of(new UrlTemplate(server, PathSegment.split(path), query));
    }

    private static Optional<String> fault(List<Part> rest) {
        for (Part part : rest) {
            if (part instanceof Part.Literal(String text)) {
                if (text.indexOf('#') >= 0) {
                    return Optional.of("must not have a # part, which no server sees; for a plain # write %23");
                }
                if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
                    return Optional.of("has a { or }; write ${NAME} for an input, %7B and %7D for the characters");
                }
                if (text.chars().anyMatch(c -> c <= ' ' || c == '\\' || c == 0x7f)) {
                    return Optional.of("has a blank, a backslash or a control character; percent-encode it");
                }
            }
        }
        return Optional.empty();
    }

    /** Who is asked, where that is written out. */
    Optional<Origin> writtenOrigin() {
        return server.written();
    }

    /**
     * The address for one call.
     *
     * @param more pairs that are added to the query
     * @throws FetchException {@code FORBIDDEN} if the server is no server that can be asked
     */
    WebAddress fill(Inputs inputs, List<NamedValues.Pair> more, RequestSecrets secrets) throws FetchException {
        WebAddress base = server.fill(inputs, secrets);
        StringBuilder address = new StringBuilder();
        segments.forEach(segment -> address.append('/').append(segment.fill(inputs, secrets)));
        String prefix =
                base.path().endsWith("/") ? base.path().substring(0, base.path().length() - 1) : base.path();
        StringBuilder asked = new StringBuilder();
        query.forEach(part -> asked.append(
                switch (part) {
                    case Part.Literal literal -> Percent.written(literal.text());
                    case Part.Input input ->
                        Percent.encoded(inputs.text(input.name()).orElse(""));
                    case Part.Secret secret -> Percent.encoded(secrets.read(secret.reference()));
                }));
        more.forEach(pair -> asked.append(asked.isEmpty() ? "" : "&")
                .append(Percent.encoded(pair.name()))
                .append('=')
                .append(Percent.encoded(pair.value())));
        String path = prefix + address;
        return new WebAddress(base.origin(), (path.isEmpty() ? "/" : path) + (asked.isEmpty() ? "" : "?" + asked));
    }
}
