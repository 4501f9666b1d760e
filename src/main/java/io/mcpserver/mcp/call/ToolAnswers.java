package io.mcpserver.mcp.call;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.mcpserver.error.CodedException;
import io.mcpserver.tool.ToolResult;
import io.vertx.core.buffer.Buffer;

/** Answers to {@code tools/call} as JSON text, put together straight from what the tool gave. */
public final class ToolAnswers {

    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    /** Bytes of an answer besides those of the tool. */
    private static final int FRAME = 256;

    private ToolAnswers() {}

    /**
     * The answer to a call that succeeded.
     *
     * @param members more members of the result as JSON text that begins with a comma, or an empty text
     */
    public static Buffer success(Object id, ToolResult result, String members) {
        return answer(id, false, result.text(), result.structured().isPresent() ? result.json() : null, members);
    }

    /** The answer to a call that failed, which its model is to read. */
    public static Buffer failure(Object id, CodedException failure, String members) {
        StringBuilder structured = new StringBuilder("{\"error\":{\"code\":\"")
                .append(failure.code())
                .append("\",\"message\":");
        quote(failure.getMessage(), structured);
        structured.append(",\"retryable\":").append(failure.retryable()).append("}}");
        return answer(id, true, failure.code() + ": " + failure.getMessage(), structured.toString(), members);
    }

    /** @param structured as JSON text; {@code null} for none */
    private static Buffer answer(Object id, boolean isError, String text, String structured, String members) {
        int size = FRAME + text.length() + (structured == null ? 0 : structured.length()) + members.length();
        StringBuilder json = new StringBuilder(size).append("{\"jsonrpc\":\"2.0\",\"id\":");
        if (id instanceof String word) {
            quote(word, json);
        } else {
            json.append(id);
        }
        json.append(",\"result\":{\"isError\":").append(isError).append(",\"content\":[{\"type\":\"text\",\"text\":");
        quote(text, json);
        json.append("}]");
        if (structured != null) {
            json.append(",\"structuredContent\":").append(structured);
        }
        return Buffer.buffer(json.append(members).append("}}").toString());
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        ENCODER.quoteAsString(text, json);
        json.append('"');
    }
}
