package io.mcpserver.data.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a backup says about itself, at its end.
 *
 * @param format version of the form of backups
 * @param program version of the program that wrote it
 * @param engine that the store was in
 * @param created when, in RFC 3339: the instant that it shows lies a little before
 * @param sequence of the newest change in it
 * @param documents that are in it
 * @param deleted ids in it of which the document was deleted
 * @param settings collections of which it has settings
 * @param parts its other files, in their order
 */
public record Manifest(
        int format,
        String program,
        String engine,
        String created,
        long sequence,
        long documents,
        long deleted,
        long settings,
        List<Part> parts) {

    /** The form that this program writes, and the newest that it reads. */
    public static final int FORMAT = 1;

    static final String NAME = "manifest.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** @param sha256 of its bytes, in lower-case hexadecimal */
    public record Part(String name, long bytes, String sha256) {

        static Part of(String name, byte[] content) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
                return new Part(name, content.length, HexFormat.of().formatHex(digest));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256", e);
            }
        }
    }

    /** Bytes of all parts together. */
    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    byte[] toJson() {
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(this)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A manifest that is no JSON", e);
        }
    }

    static Manifest read(byte[] json) {
        try {
            return JSON.readValue(new String(json, StandardCharsets.UTF_8), Manifest.class);
        } catch (JsonProcessingException e) {
            throw new BadBackupException("Its manifest cannot be read.", e);
        }
    }

    /** Refuses the forms of newer programs, by what stands at the beginning. */
    static void requireKnown(byte[] beginning) {
        try {
            JsonNode read = JSON.readTree(beginning);
            int format = read.path("format").asInt();
            if (format > FORMAT) {
                throw new BadBackupException(
                        "It was written by version " + read.path("program").asText()
                                + " of this program in form " + format + ", and this one knows forms up to " + FORMAT
                                + ": use that version, or a newer one.");
            }
            if (format < 1) {
                throw new BadBackupException("It does not say in which form it is.");
            }
        } catch (java.io.IOException e) {
            throw new BadBackupException("Its first file cannot be read.", e);
        }
    }
}
