package io.mcpserver.mcp.pass;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.mcpserver.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/** The few messages that this process writes itself. */
final class JsonTexts {

    /** The code of JSON-RPC for what the server cannot do now. */
    private static final int UNAVAILABLE = -32000;

    private static final int INVALID_REQUEST = -32600;

    private JsonTexts() {}

    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /** @param id as JSON */
    static byte[] failed(String id, ErrorCode code, String sentence) {
        return error(
                id,
                UNAVAILABLE,
                sentence,
                ",\"data\":{\"code\":\"%s\",\"message\":%s,\"retryable\":%b}"
                        .formatted(code, quoted(sentence), code.retryable()));
    }

    static byte[] tooLong(long most) {
        return error(
                "null", INVALID_REQUEST, "The message is longer than transport.max_body_size, " + most + " bytes.", "");
    }

    static byte[] cancelled(String id) {
        return utf8("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id
                + ",\"reason\":\"The server process that asked has ended.\"}}");
    }

    static byte[] listChanged(String what) {
        return utf8("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + what + "/list_changed\"}");
    }

    private static byte[] error(String id, int code, String sentence, String data) {
        return utf8("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":"
                + quoted(sentence) + data + "}}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
