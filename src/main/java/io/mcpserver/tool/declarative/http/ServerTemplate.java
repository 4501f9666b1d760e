package io.mcpserver.tool.declarative.http;

import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.Template.Part;
import io.mcpserver.tool.declarative.http.client.FetchException;
import io.mcpserver.tool.declarative.http.client.Origin;
import io.mcpserver.tool.declarative.http.client.WebAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of an address: who is asked.
 *
 * @param scheme {@code http://} or {@code https://}; an empty text where the whole beginning is a secret
 * @param authority host and port, or the secret
 */
record ServerTemplate(String scheme, List<Part> authority) {

    private static final Pattern SCHEME = Pattern.compile("https?://");
    private static final Pattern END = Pattern.compile("[/?#]");

    /** Reads the first parts of an address; empty where they do not begin as one. */
    static Optional<ServerTemplate> read(List<Part> parts) {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return switch (parts.getFirst()) {
            case Part.Secret secret -> Optional.of(new ServerTemplate("", List.of(secret)));
            case Part.Input input -> Optional.empty();
            case Part.Literal literal -> {
                Matcher scheme = SCHEME.matcher(literal.text());
                yield scheme.lookingAt()
                        ? Optional.of(new ServerTemplate(scheme.group(), authority(parts, scheme.end())))
                        : Optional.empty();
            }
        };
    }

    private static List<Part> authority(List<Part> parts, int start) {
        List<Part> authority = new ArrayList<>();
        int from = start;
        for (Part part : parts) {
            if (part instanceof Part.Literal(String text)) {
                Matcher end = END.matcher(text);
                boolean ends = end.find(from);
                String piece = text.substring(from, ends ? end.start() : text.length());
                if (!piece.isEmpty()) {
                    authority.add(new Part.Literal(piece));
                }
                if (ends) {
                    break;
                }
            } else {
                authority.add(part);
            }
            from = 0;
        }
        return authority;
    }

    /** What comes after it. */
    List<Part> rest(List<Part> parts) {
        List<Part> rest = new ArrayList<>();
        int skip = scheme.length();
        boolean past = scheme.isEmpty();
        for (int i = scheme.isEmpty() ? 1 : 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (past) {
                rest.add(part);
            } else if (part instanceof Part.Literal(String text)) {
                Matcher end = END.matcher(text);
                past = end.find(skip);
                if (past) {
                    rest.add(new Part.Literal(text.substring(end.start())));
                }
                skip = 0;
            }
        }
        return rest;
    }

    /**
     * What is wrong with it; empty where nothing is known to be.
     *
     * @param rest what comes after it
     */
    Optional<String> fault(List<Part> rest) {
        if (authority.isEmpty()) {
            return Optional.of("has no host");
        }
        if (!rest.isEmpty()
                && !(rest.getFirst() instanceof Part.Literal(String text)
                        && END.matcher(text).lookingAt())) {
            return Optional.of("must go on with a slash after the secret that it begins with");
        }
        try {
            written(scheme.isEmpty() || !isWritten());
            return Optional.empty();
        } catch (FetchException e) {
            return Optional.of("has a host that cannot be asked: it " + e.getMessage());
        }
    }

    /** The server, where it is written out; it then passed {@link #fault}. */
    Optional<Origin> written() {
        try {
            return written(scheme.isEmpty() || !isWritten());
        } catch (FetchException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Origin> written(boolean open) throws FetchException {
        return open ? Optional.empty() : Optional.of(origin(((Part.Literal) authority.getFirst()).text()));
    }

    private boolean isWritten() {
        return authority.size() == 1 && authority.getFirst() instanceof Part.Literal;
    }

    /**
     * Whether a secret is a part of it.
     *
     * @param inputs names of those that are secrets
     */
    boolean isSecret(Set<String> inputs) {
        return authority.stream().anyMatch(part -> switch (part) {
            case Part.Literal literal -> false;
            case Part.Input input -> inputs.contains(input.name());
            case Part.Secret secret -> true;
        });
    }

    /** The server, and the path that a secret may have behind it. */
    WebAddress fill(Inputs inputs, RequestSecrets secrets) throws FetchException {
        if (scheme.isEmpty()) {
            WebAddress base = WebAddress.of(secrets.read(((Part.Secret) authority.getFirst()).reference()));
            if (base.path().contains("?")) {
                throw new FetchException(FetchException.Kind.FORBIDDEN, "has a query, where only a path may be");
            }
            return base;
        }
        StringBuilder text = new StringBuilder();
        authority.forEach(part -> text.append(
                switch (part) {
                    case Part.Literal literal -> literal.text();
                    case Part.Input input -> inputs.text(input.name()).orElse("");
                    case Part.Secret secret -> secrets.read(secret.reference());
                }));
        return new WebAddress(origin(text.toString()), "/");
    }

    private Origin origin(String text) throws FetchException {
        return WebAddress.origin(scheme.equals("https://"), text);
    }
}
