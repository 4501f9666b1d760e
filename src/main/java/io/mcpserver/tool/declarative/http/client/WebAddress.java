package io.mcpserver.tool.declarative.http.client;

import java.net.URI;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that can be asked.
 *
 * @param path with the query, percent-encoded; begins with a slash
 */
public record WebAddress(Origin origin, String path) {

    private static final Pattern FORM = Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)(#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\[\\]]*]|[^:\\[\\]]*)(?::([0-9]{1,5}))?");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * Reads an absolute address; a fragment is left out, and characters that need it are percent-encoded.
     *
     * @throws FetchException {@code FORBIDDEN} if it is none of http or https, or carries a user's name
     */
    public static WebAddress of(String written) throws FetchException {
        Matcher matcher = FORM.matcher(clean(written));
        if (!matcher.matches()) {
            throw FetchException.forbidden("is not an address that begins with http:// or https://");
        }
        boolean secure = matcher.group(1).toLowerCase(Locale.ROOT).equals("https");
        String rest = matcher.group(3);
        return new WebAddress(origin(secure, matcher.group(2)), rest.startsWith("/") ? rest : "/" + rest);
    }

    /**
     * Reads the part between {@code ://} and the path.
     *
     * @throws FetchException {@code FORBIDDEN} if it is none
     */
    public static Origin origin(boolean secure, String authority) throws FetchException {
        if (authority.contains("@")) {
            throw FetchException.forbidden("is in an address with a user's name, which is not allowed");
        }
        Matcher matcher = AUTHORITY.matcher(authority);
        if (!matcher.matches()) {
            throw FetchException.forbidden("is not a host, or a host and a port");
        }
        int port = matcher.group(2) == null ? Origin.usualPort(secure) : Integer.parseInt(matcher.group(2));
        if (port < 1 || port > 65_535) {
            throw FetchException.forbidden("is in an address with a port that does not exist");
        }
        return new Origin(secure, HostName.of(matcher.group(1)), port);
    }

    /**
     * The address that a link at this address means.
     *
     * @throws FetchException {@code FORBIDDEN} if it is none that could be asked
     */
    public WebAddress resolve(String link) throws FetchException {
        try {
            WebAddress to =
                    of(URI.create(toString()).resolve(encoded(clean(link))).toString());
            return new WebAddress(to.origin(), to.path().replaceFirst("^(/\\.\\.(?=/))+", ""));
        } catch (IllegalArgumentException e) {
            throw FetchException.forbidden("redirected to something that is not an address");
        }
    }

    /** The text without blanks around it, if it has neither control characters nor backslashes, which programs read differently. */
    private static String clean(String written) throws FetchException {
        String text = written.strip();
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\')) {
            throw FetchException.forbidden("is in an address with a control character or a backslash");
        }
        return text;
    }

    private static String encoded(String link) {
        StringBuilder out = new StringBuilder();
        for (char c : link.toCharArray()) {
            if (c > 0x20 && c < 0x7f && "\"<>^`{|}".indexOf(c) < 0) {
                out.append(c);
            } else if (c < 0x100) {
                out.append('%').append(HEX.toHexDigits((byte) c));
            } else {
                throw new IllegalArgumentException("more than bytes");
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return origin + path;
    }
}
