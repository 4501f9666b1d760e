package io.mcpserver.tool.declarative.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.declarative.Redaction;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a program printed, as the result of its tool or as its failure.
 *
 * @param json whether it prints JSON; else text
 * @param structured whether a text is also to be a structured result
 */
record OutputReader(String tool, boolean json, boolean structured) {

    private static final System.Logger LOG = System.getLogger(OutputReader.class.getName());
    private static final ObjectMapper READER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /**
     * @param own what the program was given in its environment and the secrets in it: what no log may show
     * @throws CodedException what the program says is wrong, or that its end or its output is not what it must be
     */
    ToolResult read(Finished finished, Collection<String> own) {
        if (finished.exit() != 0) {
            throw failed(finished, own);
        }
        String text = text(finished.output(), own, finished);
        if (!json) {
            String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            return structured
                    ? ToolResult.of(JsonNodeFactory.instance.objectNode().put("text", line), line)
                    : ToolResult.ofText(line);
        }
        return parse(text)
                .map(OutputReader::result)
                .orElseThrow(() -> wrong(
                        text.isBlank() ? "printed nothing, where JSON was expected" : "printed what is no JSON",
                        finished,
                        own));
    }

    private static ToolResult result(JsonNode value) {
        return ToolResult.of(
                value instanceof ObjectNode object
                        ? object
                        : JsonNodeFactory.instance.objectNode().set("result", value));
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(READER.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private String text(byte[] output, Collection<String> own, Finished finished) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(output))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong("printed bytes that are no UTF-8", finished, own);
        }
    }

    /** A program that failed may say on its output why, as tools do: {@code {"error": {"code", "message"}}}. */
    private CodedException failed(Finished finished, Collection<String> own) {
        JsonNode error = parse(new String(finished.output(), StandardCharsets.UTF_8))
                .map(value -> value.path("error"))
                .filter(value -> value.path("message").isTextual())
                .orElse(null);
        if (error == null) {
            return wrong(end(finished.exit()), finished, own);
        }
        String code = error.path("code").asText();
        Optional<ErrorCode> known = Stream.of(ErrorCode.values())
                .filter(one -> one.name().equals(code))
                .findFirst();
        String message = error.path("message").textValue();
        return new CodedException(
                known.orElse(ErrorCode.INTERNAL),
                Redaction.of(known.isPresent() || code.isEmpty() ? message : code + ": " + message, own));
    }

    private static String end(int exit) {
        return exit > 128 ? "was ended by the signal " + (exit - 128) : "ended with the exit code " + exit;
    }

    private CodedException wrong(String what, Finished finished, Collection<String> own) {
        LOG.log(Level.WARNING, "The program of {0} {1}; it said: {2}", tool, what, Redaction.of(finished.said(), own));
        return new CodedException(
                ErrorCode.INTERNAL,
                "The program of %s %s. Do not repeat the call; tell the operator, whose log has what the program said."
                        .formatted(tool, what));
    }
}
