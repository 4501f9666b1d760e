package io.mcpserver.tool.declarative.http;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.http.client.WebRequest.Header;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The headers of a request, none of which can become two, or say what is for the connection to say. */
record HeaderTemplates(NamedValues values, String accept) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    private static final Pattern MEDIA_TYPE = Pattern.compile(
            "TOKEN/TOKEN(?: *; *TOKEN=(?:TOKEN|\"[^\"\\\\]*\"))*".replace("TOKEN", "[A-Za-z0-9!#$%&'*+.^_`|~-]+"));
    private static final int LONGEST_MEDIA_TYPE = 200;

    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "accept-encoding",
            "proxy-authorization",
            "proxy-connection");

    /** @param accept what is accepted where no header says it */
    static HeaderTemplates read(KindBody body, String accept) {
        Set<String> seen = new HashSet<>();
        body.json().path("headers").fieldNames().forEachRemaining(name -> {
            String plain = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                body.fault(NamedValues.pointer("/headers", name), "is no header; its name has letters, digits and -");
            } else if (OURS.contains(plain)) {
                body.fault(NamedValues.pointer("/headers", name), "is set by the server itself; leave it out");
            } else if (!seen.add(plain)) {
                body.fault(NamedValues.pointer("/headers", name), "stands already in other letters");
            }
        });
        return new HeaderTemplates(NamedValues.read(body, "/headers"), accept);
    }

    /** @throws CodedException if a value is not one visible line of ASCII; {@code INVALID_ARGUMENT} if inputs made it so */
    List<Header> fill(Inputs inputs) {
        List<Header> headers = new ArrayList<>();
        for (NamedValues.Named named : values.all()) {
            List<NamedValues.Pair> pairs = new NamedValues(List.of(named)).fill(inputs);
            if (!pairs.isEmpty()) {
                headers.add(header(
                        named, pairs.stream().map(NamedValues.Pair::value).collect(Collectors.joining(", "))));
            }
        }
        if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase("Accept"))) {
            headers.add(new Header("Accept", accept));
        }
        return headers;
    }

    private static Header header(NamedValues.Named named, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c > '~') || value.length() > 8_000) {
            String must = "must be one line of ASCII of at most 8,000 characters: it is sent in the header "
                    + named.name() + ".";
            throw named.value().names().isEmpty()
                    ? new CodedException(ErrorCode.UNSUPPORTED, "The secret in the header of the request " + must)
                    : new CodedException(
                            ErrorCode.INVALID_ARGUMENT,
                            String.join(", ", named.value().names()) + " " + must);
        }
        boolean given = !named.value().names().isEmpty();
        if (given && named.name().equalsIgnoreCase("Content-Type") && !isMediaType(value.strip())) {
            throw new CodedException(
                    ErrorCode.INVALID_ARGUMENT,
                    "%s must be a media type such as application/json: it is sent in the header Content-Type."
                            .formatted(String.join(", ", named.value().names())));
        }
        return new Header(named.name(), value.strip());
    }

    private static boolean isMediaType(String value) {
        return value.length() <= LONGEST_MEDIA_TYPE && MEDIA_TYPE.matcher(value).matches();
    }
}
