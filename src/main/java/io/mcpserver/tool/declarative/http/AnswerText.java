package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.http.client.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads the body of an answer as what its server says that it is. */
record AnswerText(Answer answer, MediaType type) {

    private static final int DEEPEST = 200;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    AnswerText(Answer answer) {
        this(answer, MediaType.of(answer.contentType()));
    }

    boolean isEmpty() {
        return answer.body().length == 0;
    }

    /** @throws CodedException {@code UNSUPPORTED} if it is not JSON */
    JsonNode json() {
        if (!type.isJson() && !type.isUnknown()) {
            throw unsupported("answered %s where JSON is expected".formatted(type.name()));
        }
        try {
            Charset charset = encoding(null);
            return charset == null || charset.equals(StandardCharsets.UTF_8)
                    ? JSON.readTree(answer.body())
                    : JSON.readTree(decoded(charset));
        } catch (JsonProcessingException e) {
            throw unsupported("answered what is not JSON (line %d: %s)"
                    .formatted(
                            e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                            FailedAnswer.shown(e.getOriginalMessage(), 120)));
        } catch (IOException e) {
            throw unsupported("answered what is not JSON");
        }
    }

    /** @throws CodedException {@code UNSUPPORTED} if it is not a text */
    String text() {
        if (!type.isText() && !type.isUnknown()) {
            throw unsupported("answered %s, which is not a text".formatted(type.name()));
        }
        String text = decoded(encoding(StandardCharsets.UTF_8));
        if (text.indexOf('\0') >= 0) {
            throw unsupported("answered bytes that are not a text");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Charset encoding(Charset usual) {
        try {
            return type.encoding().orElse(usual);
        } catch (IllegalArgumentException e) {
            throw unsupported("answered in a charset that is not known here");
        }
    }

    private String decoded(Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(answer.body()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unsupported("answered bytes that are not a text in %s".formatted(charset.name()));
        }
    }

    private CodedException unsupported(String what) {
        return new CodedException(ErrorCode.UNSUPPORTED, answer.server() + " " + what + ".");
    }
}
