package io.mcpserver.storage.tinydb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.DocumentRules;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A document as it stands in a table: the fields of its content, and before them {@code _id}, {@code _version}, {@code
 * _created} and {@code _updated}. Where the content has a field of such a name, it gets one more underscore.
 *
 * @param number TinyDB's id of it
 * @param id empty where somebody else put it in without one, or with one that is none
 * @param content as the store gives it
 */
record TinyDbRow(
        long number,
        Optional<String> id,
        long version,
        Optional<Instant> created,
        Optional<Instant> updated,
        ObjectNode content) {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern OWN = Pattern.compile("_(id|version|created|updated)");
    private static final Pattern SHIFTED = Pattern.compile("_+(id|version|created|updated)");
    private static final int CHECKSUM_BYTES = 8;
    private static final long LARGEST_VERSION = 1L << 53;

    /**
     * Reads the fields of a row.
     *
     * @param fields with numbers as {@code DocumentJson.read} gives them
     * @throws StoreException if the content is none that a store takes
     */
    static TinyDbRow read(long number, ObjectNode fields) {
        Optional<String> id = Optional.of(fields.path("_id"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(TinyDbRow::isId);
        ObjectNode content = MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            // Who has no id of ours has no fields of ours: they are all content.
            if (id.isEmpty()) {
                content.set(field.getKey(), field.getValue());
            } else if (!OWN.matcher(field.getKey()).matches()) {
                boolean shifted = SHIFTED.matcher(field.getKey()).matches();
                content.set(shifted ? field.getKey().substring(1) : field.getKey(), field.getValue());
            }
        }
        // Only to have it checked: its text would lose the difference of 1e15 and 1000000000000000.
        DocumentJson.write(id.orElse(Long.toString(number)), content);
        long version = fields.path("_version").asLong(1);
        return new TinyDbRow(
                number,
                id,
                version < 1 || version > LARGEST_VERSION ? 1 : version,
                time(fields.path("_created")),
                time(fields.path("_updated")),
                content);
    }

    /** The fields of a document. */
    static ObjectNode write(Document document) {
        ObjectNode fields = MAPPER.createObjectNode();
        fields.put("_id", document.id());
        fields.put("_version", document.version());
        fields.put("_created", document.created().toString());
        fields.put("_updated", document.updated().toString());
        for (Map.Entry<String, JsonNode> field : document.content().properties()) {
            boolean shifted = SHIFTED.matcher(field.getKey()).matches();
            fields.set(shifted ? "_" + field.getKey() : field.getKey(), field.getValue());
        }
        return fields;
    }

    /** What tells contents apart. */
    static String checksum(ObjectNode content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, CHECKSUM_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isId(String text) {
        try {
            DocumentRules.checkId(text);
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private static Optional<Instant> time(JsonNode value) {
        try {
            Instant time = OffsetDateTime.parse(value.asText()).toInstant().truncatedTo(ChronoUnit.MICROS);
            FieldPath.micros(time);
            return Optional.of(time);
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
