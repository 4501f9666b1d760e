package io.mcpserver.mcp.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mcpserver.error.CodedException;
import io.mcpserver.tool.ToolResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers to {@code tools/call} as JSON text, written straight from what the tool gave. */
public final class ToolAnswers {

    private static final JsonFactory FACTORY = new JsonFactoryBuilder().build();
    private static final int USUAL_SIZE = 512;

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
                .append("\",\"message\":")
                .append(quoted(failure.getMessage()))
                .append(",\"retryable\":")
                .append(failure.retryable())
                .append("}}");
        return answer(id, true, failure.code() + ": " + failure.getMessage(), structured.toString(), members);
    }

    /** @param structured as JSON text; {@code null} for none */
    private static Buffer answer(Object id, boolean isError, String text, String structured, String members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("jsonrpc", "2.0");
            json.writeFieldName("id");
            writeId(json, id);
            json.writeObjectFieldStart("result");
            json.writeBooleanField("isError", isError);
            json.writeArrayFieldStart("content");
            json.writeStartObject();
            json.writeStringField("type", "text");
            json.writeStringField("text", text);
            json.writeEndObject();
            json.writeEndArray();
            if (structured != null) {
                json.writeFieldName("structuredContent");
                json.writeRawValue(structured);
            }
            json.writeRaw(members);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(out.toByteArray());
    }

    private static void writeId(JsonGenerator json, Object id) throws IOException {
        switch (id) {
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case String text -> json.writeString(text);
            default -> json.writeRawValue(id.toString());
        }
    }

    private static String quoted(String text) {
        return Json.encode(text);
    }
}
