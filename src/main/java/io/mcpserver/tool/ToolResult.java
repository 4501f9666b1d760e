package io.mcpserver.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a successful call of a tool answers.
 *
 * @param structured conforms to the tool's output schema, if it has one; not changed any more
 * @param json {@code structured} as compact JSON; without it the empty text
 * @param text the same for a model that reads only text
 */
public record ToolResult(Optional<ObjectNode> structured, String json, String text) {

    /** A result whose text is its JSON. */
    public static ToolResult of(ObjectNode structured) {
        String json = structured.toString();
        return new ToolResult(Optional.of(structured), json, json);
    }

    /** A result that reads better in other words than JSON. */
    public static ToolResult of(ObjectNode structured, String text) {
        return new ToolResult(Optional.of(structured), structured.toString(), text);
    }

    /** A result without structure, of a tool without an output schema. */
    public static ToolResult ofText(String text) {
        return new ToolResult(Optional.empty(), "", text);
    }

    /** Bytes that the result takes in the protocol: its structure, its text, and what is around them. */
    public long bytes() {
        return ResultSize.ENVELOPE + ResultSize.utf8(json) + ResultSize.quoted(text);
    }
}
