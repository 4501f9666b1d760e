package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.http.client.Answer;
import java.util.List;
import java.util.Optional;

/** An answer that is no success, in words. */
record FailedAnswer(Answer answer, SecretMask.Filled mask) {

    private static final int MOST = 300;
    private static final List<String> MESSAGES = List.of(
            "/error/message", "/message", "/detail", "/error_description", "/error", "/errors/0/message", "/title");

    CodedException failure() {
        String said = message().map(words -> ": " + words).orElse("");
        return new CodedException(
                code(answer.status()),
                "%s answered %d%s%s"
                        .formatted(
                                answer.server(),
                                answer.status(),
                                said,
                                said.endsWith(".") || said.endsWith("…") ? "" : "."));
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 400, 422 -> ErrorCode.INVALID_ARGUMENT;
            case 404, 410 -> ErrorCode.NOT_FOUND;
            case 409, 412 -> ErrorCode.CONFLICT;
            case 413, 414 -> ErrorCode.TOO_LARGE;
            case 408, 425, 429 -> ErrorCode.UNAVAILABLE;
            default -> status >= 500 ? ErrorCode.UNAVAILABLE : ErrorCode.UNSUPPORTED;
        };
    }

    /** What the server says of the reason: the usual members of JSON, else the beginning of a plain text. */
    private Optional<String> message() {
        AnswerText body = new AnswerText(answer);
        try {
            String words = body.type().isJson()
                    ? message(body.json())
                    : body.type().name().equals("text/plain") ? body.text() : "";
            return Optional.of(shown(mask.masked(words), MOST)).filter(text -> !text.isBlank());
        } catch (CodedException e) {
            return Optional.empty();
        }
    }

    private static String message(JsonNode json) {
        return MESSAGES.stream()
                .map(json::at)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElseGet(json::toString);
    }

    /** One line of visible characters, shortened. */
    static String shown(String text, int most) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= most ? line : line.substring(0, most) + "…";
    }
}
