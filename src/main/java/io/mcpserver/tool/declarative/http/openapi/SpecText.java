package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the text of a description, JSON or YAML, within limits. */
public final class SpecText {

    /** The largest description, in bytes. */
    public static final int MOST_BYTES = 20_000_000;

    static final int DEEPEST = 100;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SpecText() {}

    /** @throws UnusableSpec if it is neither, or no description of OpenAPI 3 */
    static ObjectNode read(byte[] bytes) throws UnusableSpec {
        if (bytes.length > MOST_BYTES) {
            throw new UnusableSpec("is larger than %,d bytes".formatted(MOST_BYTES));
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String begin = text.startsWith("\uFEFF") ? text.substring(1) : text;
        JsonNode root = begin.stripLeading().startsWith("{") ? json(begin) : YamlSpec.read(begin);
        String version = root.path("openapi").asText();
        if (root.has("swagger")) {
            throw new UnusableSpec("is a description of Swagger 2; convert it to OpenAPI 3 first");
        }
        if (!(root instanceof ObjectNode object) || !version.matches("3\\.[01](\\..*)?")) {
            throw new UnusableSpec("is no description of OpenAPI 3.0 or 3.1 (openapi: 3.…)");
        }
        return object;
    }

    private static JsonNode json(String text) throws UnusableSpec {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new UnusableSpec("is not JSON: line %d: %s".formatted(line, e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UnusableSpec("is not JSON");
        }
    }
}
