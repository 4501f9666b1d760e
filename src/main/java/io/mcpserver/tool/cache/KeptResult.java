package io.mcpserver.tool.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Results as bytes: what they have, the length of the JSON, the JSON, and the text where it is another. */
final class KeptResult {

    private static final byte WITH_TEXT = 1;
    private static final byte WITH_STRUCTURE = 2;
    private static final int HEAD_BYTES = 1 + Integer.BYTES;

    private static final ObjectMapper JSON = new ObjectMapper();

    private KeptResult() {}

    static byte[] bytes(ToolResult result) {
        boolean structured = result.structured().isPresent();
        byte[] json = (structured ? result.json() : "").getBytes(StandardCharsets.UTF_8);
        boolean withText = !structured || !result.text().equals(result.json());
        byte[] text = (withText ? result.text() : "").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEAD_BYTES + json.length + text.length)
                .put((byte) ((withText ? WITH_TEXT : 0) | (structured ? WITH_STRUCTURE : 0)))
                .putInt(json.length)
                .put(json)
                .put(text)
                .array();
    }

    /** The result; empty for bytes that are none. */
    static Optional<ToolResult> read(byte[] bytes) {
        if (bytes.length < HEAD_BYTES) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte parts = buffer.get();
        int length = buffer.getInt();
        if (length < 0 || length > bytes.length - HEAD_BYTES) {
            return Optional.empty();
        }
        String text = new String(Arrays.copyOfRange(bytes, HEAD_BYTES + length, bytes.length), StandardCharsets.UTF_8);
        if (parts == WITH_TEXT && length == 0) {
            return Optional.of(ToolResult.ofText(text));
        }
        if ((parts & WITH_STRUCTURE) == 0) {
            return Optional.empty();
        }
        String json = new String(bytes, HEAD_BYTES, length, StandardCharsets.UTF_8);
        try {
            JsonNode structured = JSON.readTree(json);
            return structured instanceof ObjectNode object
                    ? Optional.of(new ToolResult(Optional.of(object), json, (parts & WITH_TEXT) == 0 ? json : text))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
