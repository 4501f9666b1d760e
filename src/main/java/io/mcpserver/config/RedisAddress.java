package io.mcpserver.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Redis is and how it lets this server in: {@code redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]}, or
 * {@code rediss://} for TLS. User and password are percent-encoded, unless they are named as secrets.
 *
 * @param host a name or an address, an IPv6 address without brackets
 */
public record RedisAddress(
        boolean tls, String host, int port, Optional<String> user, Optional<String> password, int database) {

    private static final int DEFAULT_PORT = 6379;
    private static final int MOST_DATABASES = 100_000;

    /** Stands for a secret while the text around it is taken apart; no text of a configuration has it. */
    private static final char MARK = '\uE000';

    private static final Pattern FORM = Pattern.compile("(?<scheme>rediss?)://((?<user>[^:@/]*):(?<password>[^@/]*)@)?"
            + "(\\[(?<six>[0-9a-fA-F:.]+)]|(?<host>[A-Za-z0-9._-]+|" + MARK + "))"
            + "(:(?<port>[0-9]{1,5}))?(/(?<database>[0-9]{1,6})?)?");

    /**
     * The address with its secrets, as they are now.
     *
     * @throws SecretText.Missing if one is not there
     * @throws IllegalArgumentException if the text is no such address; says what would be right, without the text
     */
    public static RedisAddress resolve(String text) {
        return parse(text, reference -> SecretText.read(reference, Path.of("")));
    }

    /**
     * As {@link #resolve}, with what is behind each reference given.
     *
     * @param secret the text behind {@code env.NAME} or {@code file:PATH}
     */
    static RedisAddress parse(String text, UnaryOperator<String> secret) {
        if (text.indexOf(MARK) >= 0) {
            throw new IllegalArgumentException("must have no character of private use");
        }
        List<String> secrets = new ArrayList<>();
        String marked = SecretText.REFERENCE.matcher(text).replaceAll(found -> {
            secrets.add(secret.apply(found.group(1)));
            return String.valueOf(MARK);
        });
        if (marked.equals(String.valueOf(MARK))) {
            return read(secrets.getFirst(), List.of());
        }
        return read(marked, secrets);
    }

    private static RedisAddress read(String marked, List<String> secrets) {
        Matcher form = FORM.matcher(marked);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "must be like redis://:PASSWORD@redis.example.com:6379/0; only the host is needed, and @ : / % in"
                            + " user and password are written as %40 %3A %2F %25");
        }
        List<String> left = new ArrayList<>(secrets);
        Optional<String> user = put(form.group("user"), left).filter(name -> !name.isEmpty());
        Optional<String> password = put(form.group("password"), left);
        String host = form.group("six") != null
                ? form.group("six")
                : put(form.group("host"), left).orElseThrow();
        int port = form.group("port") == null ? DEFAULT_PORT : Integer.parseInt(form.group("port"));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("must have a port from 1 to 65535");
        }
        int database = form.group("database") == null ? 0 : Integer.parseInt(form.group("database"));
        if (database > MOST_DATABASES) {
            throw new IllegalArgumentException("must have a database from 0 to " + MOST_DATABASES);
        }
        return new RedisAddress(form.group("scheme").equals("rediss"), host, port, user, password, database);
    }

    /** The part of the text with its escapes undone and the next secrets in place of their marks. */
    private static Optional<String> put(String part, List<String> secrets) {
        if (part == null) {
            return Optional.empty();
        }
        StringBuilder whole = new StringBuilder();
        for (char c : decoded(part).toCharArray()) {
            whole.append(c == MARK ? secrets.removeFirst() : String.valueOf(c));
        }
        return Optional.of(whole.toString());
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must have % in user and password written as %25");
        }
    }

    /** Without user and password, so that no log can hold them. */
    @Override
    public String toString() {
        return (tls ? "rediss" : "redis") + "://" + host + ":" + port + "/" + database;
    }
}
