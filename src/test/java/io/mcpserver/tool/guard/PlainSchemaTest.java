package io.mcpserver.tool.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ObjectNode SCHEMA = object("""
            {"type": "object", "additionalProperties": false, "required": ["text", "count"], "properties": {
              "text": {"type": "string", "minLength": 2, "maxLength": 4, "description": "a text"},
              "count": {"type": "integer", "minimum": -3, "maximum": 3},
              "share": {"type": "number", "title": "Share"},
              "flag": {"type": "boolean", "default": true}}}""");

    private static final List<String> VALUES = List.of(
            "\"\"",
            "\"a\"",
            "\"ab\"",
            "\"abcd\"",
            "\"abcde\"",
            "\"😀\"",
            "\"😀😀\"",
            "\"😀😀😀😀\"",
            "\"😀😀😀😀😀\"",
            "-4",
            "-3",
            "0",
            "3",
            "3.0",
            "3.5",
            "4",
            "1e2",
            "12345678901234567890",
            "true",
            "null",
            "[]",
            "{}",
            "\"3\"");

    @Test
    void allowsNothingThatTheLibraryDoesNot() {
        PlainSchema plain = PlainSchema.of(SCHEMA).orElseThrow();
        Random random = new Random(7);
        int allowed = 0;
        for (int round = 0; round < 200_000; round++) {
            ObjectNode given = JSON.createObjectNode();
            for (String name : List.of("text", "count", "share", "flag", "other")) {
                if (random.nextInt(name.equals("other") ? 20 : 3) == 0
                        || random.nextBoolean() && !name.equals("other")) {
                    given.set(name, json(VALUES.get(random.nextInt(VALUES.size()))));
                }
            }
            if (plain.surelyAllows(given)) {
                allowed++;
                assertThat(BoundedPattern.validate(ArgumentCheck.schema(SCHEMA), given))
                        .as("%s", given)
                        .isEmpty();
            }
        }
        assertThat(allowed).as("else nothing was tried").isGreaterThan(100);
    }

    @Test
    void knowsMostOfWhatIsValid() {
        PlainSchema plain = PlainSchema.of(SCHEMA).orElseThrow();
        assertThat(plain.surelyAllows(object("{\"text\": \"abc\", \"count\": 3}")))
                .isTrue();
        assertThat(plain.surelyAllows(object("{\"count\": -3, \"text\": \"abcd\", \"share\": 0.5, \"flag\": false}")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\": [\"object\"]}",
                "{\"type\": \"object\", \"minProperties\": 1}",
                "{\"type\": \"object\", \"properties\": {\"a\": true}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {}}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": [\"string\", \"null\"]}}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\", \"pattern\": \"x\"}}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\", \"enum\": [\"x\"]}}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"number\", \"minimum\": 1}}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"integer\", \"minimum\": 0.5}}}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"array\"}}}"
            })
    void leavesOtherSchemasToTheLibrary(String schema) {
        assertThat(PlainSchema.of(object(schema))).isEmpty();
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) json(json);
    }

    private static JsonNode json(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
