package io.mcpserver.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Reads JSON strictly: one value, no name twice in an object. */
final class JsonText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int MAX_ID = 256;

    private JsonText() {}

    /** @param firstLine the line of the file in which the text begins, counted from 1 */
    static JsonNode parse(String text, long firstLine) throws BadFileException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null
                    ? firstLine
                    : firstLine + e.getLocation().getLineNr() - 1;
            throw new BadFileException(line, "is not JSON: " + e.getOriginalMessage());
        }
    }

    /** An object as a document; its own {@code id} is the document's if it is a string that can be one. */
    static Part part(ObjectNode object) {
        Optional<String> id = Optional.of(object.path("id"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty() && text.length() <= MAX_ID);
        return new Part(id, object);
    }
}
