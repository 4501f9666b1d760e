package io.mcpserver.tool.builtin;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a document, {@code storage://{collection}/{id}}, with its parts in percent-encoded UTF-8. */
public final class DocumentUri {

    private static final Pattern SHAPE = Pattern.compile("storage://([^/]+)/([^/]+)");

    private static final String UNRESERVED = "-._~";

    private DocumentUri() {}

    /** The one address of a document that this program writes; others spell it with other encodings. */
    public static String of(String collection, String id) {
        return "storage://" + encode(collection) + "/" + encode(id);
    }

    /**
     * The address as {@link #of} writes it, so that two spellings of one address become equal.
     *
     * @return empty if it is no address of a document, or its percent-encoding is broken
     */
    public static Optional<String> canonical(String uri) {
        Matcher parts = SHAPE.matcher(uri);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(decode(parts.group(1)), decode(parts.group(2))));
        } catch (CodedException e) {
            return Optional.empty();
        }
    }

    /**
     * The text that a part stands for.
     *
     * @throws CodedException {@code INVALID_ARGUMENT} if its percent-encoding is broken
     */
    static String decode(String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] given = part.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < given.length; i++) {
            if (given[i] != '%') {
                bytes.write(given[i]);
                continue;
            }
            if (i + 2 >= given.length || !HexFormat.isHexDigit(given[i + 1]) || !HexFormat.isHexDigit(given[i + 2])) {
                throw broken(part);
            }
            bytes.write(HexFormat.fromHexDigit(given[i + 1]) * 16 + HexFormat.fromHexDigit(given[i + 2]));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken(part);
        }
    }

    /** The text as a part of a URI, with every character encoded that might mean something there. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static CodedException broken(String part) {
        return new CodedException(
                ErrorCode.INVALID_ARGUMENT, "\"%s\" is not valid percent-encoded UTF-8.".formatted(part));
    }
}
