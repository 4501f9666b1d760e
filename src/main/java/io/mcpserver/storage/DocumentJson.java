package io.mcpserver.storage;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * The text form of a document's content, as engines keep it: key order, all of Unicode and the value of
 * every number come back as they were given. A number with a fraction comes back as a double where a
 * double holds its value, else as a decimal.
 */
public final class DocumentJson {

    private static final JsonMapper MAPPER = mapper(1);

    private static final ObjectReader STRICT = MAPPER.reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private DocumentJson() {}

    /**
     * A mapper that takes values as they are in contents.
     *
     * @param around how many objects may stand around a content, itself counted
     */
    public static JsonMapper mapper(int around) {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DocumentRules.MAX_DEPTH + around)
                        .maxNumberLength(DocumentRules.MAX_CONTENT_BYTES)
                        .build());
        return mapper;
    }

    /**
     * Writes the content of a document.
     *
     * @throws StoreException {@code TOO_LARGE} beyond {@link DocumentRules#MAX_CONTENT_BYTES} or {@link
     *     DocumentRules#MAX_DEPTH}; {@code INVALID_ARGUMENT} for what JSON in UTF-8 cannot say: half of
     *     a surrogate pair, NaN, infinity
     */
    public static String write(String id, ObjectNode content) {
        if (content == null) {
            throw refused(ErrorCode.INVALID_ARGUMENT, id, "has no content: give a JSON object");
        }
        if (DocumentRules.depth(content, DocumentRules.MAX_DEPTH + 1) > DocumentRules.MAX_DEPTH) {
            throw refused(
                    ErrorCode.TOO_LARGE,
                    id,
                    "is nested deeper than " + DocumentRules.MAX_DEPTH + " levels: flatten it");
        }
        if (hasNotANumber(content)) {
            throw refused(ErrorCode.INVALID_ARGUMENT, id, "holds NaN or infinity, which JSON has no number for");
        }
        String text = content.toString();
        if (DocumentRules.hasLoneSurrogate(text)) {
            throw refused(ErrorCode.INVALID_ARGUMENT, id, "holds half of a surrogate pair, which is not a character");
        }
        int bytes = size(text);
        if (bytes > DocumentRules.MAX_CONTENT_BYTES) {
            throw refused(
                    ErrorCode.TOO_LARGE,
                    id,
                    "has " + bytes + " bytes of JSON; at most " + DocumentRules.MAX_CONTENT_BYTES
                            + " are kept in one document: split it into several");
        }
        return text;
    }

    /** Reads what {@link #write} wrote. */
    public static ObjectNode read(String text) {
        try {
            return (ObjectNode) simplified(MAPPER.readTree(text));
        } catch (JacksonException | ClassCastException e) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "A stored document is damaged: it is no JSON.", e);
        }
    }

    /**
     * Gives the numbers of a tree, which was read with decimals in place of doubles, the form that {@link #read} gives.
     *
     * @return the same tree, changed
     */
    public static ObjectNode simplify(ObjectNode tree) {
        return (ObjectNode) simplified(tree);
    }

    /**
     * Reads a text that somebody else wrote, with numbers as {@link #read} has them: one value, no name twice in an
     * object, nothing behind it.
     */
    public static JsonNode readStrictly(String text) throws JsonProcessingException {
        return simplified(STRICT.readTree(text));
    }

    /** Bytes of a text in UTF-8. */
    public static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean hasNotANumber(JsonNode node) {
        if (node.isContainerNode()) {
            for (JsonNode child : node) {
                if (hasNotANumber(child)) {
                    return true;
                }
            }
        }
        return (node.isDouble() || node.isFloat()) && !Double.isFinite(node.doubleValue());
    }

    private static JsonNode simplified(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(simplified(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, simplified(array.get(i)));
            }
        } else if (node.isBigDecimal()) {
            double nearest = node.doubleValue();
            if (Double.isFinite(nearest)
                    && new BigDecimal(Double.toString(nearest)).compareTo(node.decimalValue()) == 0) {
                return DoubleNode.valueOf(nearest);
            }
        }
        return node;
    }

    private static StoreException refused(ErrorCode code, String id, String why) {
        return new StoreException(code, "The document " + Quoted.text(id) + " " + why + ".");
    }
}
