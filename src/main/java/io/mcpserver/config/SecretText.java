package io.mcpserver.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets that are named where they would stand: {@code env.NAME} is a variable of the environment, {@code file:PATH} the
 * text of a mounted file without the line end at its end. Read anew each time, so that what is rotated is found.
 */
public final class SecretText {

    private static final int MOST_BYTES = 65_536;
    static final Pattern REFERENCE = Pattern.compile("\\$\\{((?:env\\.|file:)[^}]*)}");

    private SecretText() {}

    /** A secret that is not there, or cannot be read; names the reference and nothing else. */
    public static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1;

        Missing(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * The text with every {@code ${env.NAME}} and {@code ${file:PATH}} replaced; what is put in is not read again.
     *
     * @param base where relative paths start
     * @throws Missing if one is not there
     */
    public static String resolve(String text, Path base) {
        Matcher matcher = REFERENCE.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(read(found.group(1), base)));
    }

    /**
     * The secret behind one reference.
     *
     * @param reference {@code env.NAME} or {@code file:PATH}
     * @throws Missing if it is not there
     */
    public static String read(String reference, Path base) {
        return read(reference, base, System.getenv());
    }

    static String read(String reference, Path base, Map<String, String> environment) {
        if (reference.startsWith("env.")) {
            String name = reference.substring("env.".length());
            String value = environment.get(name);
            if (value == null || value.isEmpty()) {
                throw new Missing("${" + reference + "}: the environment variable " + name + " is not set");
            }
            return value;
        }
        if (!reference.startsWith("file:")) {
            throw new Missing("${" + reference + "}: must be ${env.NAME} or ${file:PATH}");
        }
        Path file = base.resolve(reference.substring("file:".length()));
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Missing("${" + reference + "}: the file is larger than " + MOST_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException e) {
            throw new Missing("${" + reference + "}: the file cannot be read by this user, or is not there");
        }
    }
}
