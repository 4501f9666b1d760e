package io.mcpserver.tool.declarative.http;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.http.client.FetchException;
import io.mcpserver.tool.declarative.http.client.WebAddress;
import io.mcpserver.tool.declarative.http.client.WebRequest;
import io.mcpserver.tool.declarative.http.client.WebRequest.Content;
import io.mcpserver.tool.declarative.http.client.WebRequest.Header;
import java.util.List;
import java.util.Optional;

/** A request in which inputs are filled in. */
record RequestTemplate(
        HttpMethod method, UrlTemplate url, NamedValues query, HeaderTemplates headers, ContentTemplate content) {

    private static final int LONGEST_ADDRESS = 8_000;

    static HttpMethod method(KindBody body) {
        return HttpMethod.valueOf(body.json().path("method").asText("GET"));
    }

    /** Empty where {@code body} was told of a fault. */
    static Optional<RequestTemplate> read(KindBody body) {
        HttpMethod method = method(body);
        String accept = body.json().at("/response/format").asText("json").equals("json") ? "application/json" : "*/*";
        NamedValues query = NamedValues.read(body, "/query");
        HeaderTemplates headers = HeaderTemplates.read(body, accept);
        ContentTemplate content = ContentTemplate.read(body, method);
        return UrlTemplate.read(body).map(url -> new RequestTemplate(method, url, query, headers, content));
    }

    /**
     * The request of one call.
     *
     * @throws FetchException {@code FORBIDDEN} if the server is no server that can be asked
     * @throws CodedException if an input cannot stand where it would
     */
    WebRequest fill(Inputs inputs, RequestSecrets secrets) throws FetchException {
        WebAddress address = url.fill(inputs, query.fill(inputs), secrets);
        if (address.path().length() > LONGEST_ADDRESS) {
            throw new CodedException(
                    ErrorCode.TOO_LARGE,
                    "The address would have more than %,d characters; give shorter inputs.".formatted(LONGEST_ADDRESS));
        }
        List<Header> all = headers.fill(inputs);
        Optional<Content> filled = content.fill(inputs).map(plain -> typed(plain, all));
        return new WebRequest(
                method.name(),
                address,
                all.stream().filter(header -> !isType(header)).toList(),
                filled);
    }

    /** With the type that a header says, such as application/merge-patch+json. */
    private static Content typed(Content content, List<Header> headers) {
        return headers.stream()
                .filter(RequestTemplate::isType)
                .findFirst()
                .map(header -> new Content(content.bytes(), header.value()))
                .orElse(content);
    }

    private static boolean isType(Header header) {
        return header.name().equalsIgnoreCase("Content-Type");
    }
}
