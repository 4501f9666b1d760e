package io.mcpserver.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolSchemasTest {

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "storage_save",
                "storage_load",
                "storage_delete",
                "storage_query",
                "storage_search",
                "storage_collections",
                "tools_search",
                "tools_call"
            })
    void everyArgumentIsDescribedAndNoOtherIsTaken(String tool) {
        ToolSchemas schemas = ToolSchemas.of(tool);
        JsonNode input = schemas.input();
        assertThat(input.path("additionalProperties").isBoolean()).isTrue();
        assertThat(input.path("additionalProperties").asBoolean()).isFalse();
        input.path("properties").properties().forEach(argument -> assertThat(
                        argument.getValue().path("description").asText())
                .as(argument.getKey())
                .isNotBlank());
        // Model providers refuse these words at the top of an input schema.
        assertThat(input.has("oneOf") || input.has("anyOf") || input.has("allOf"))
                .isFalse();
        assertThat(schemas.output().path("type").asText()).isEqualTo("object");
    }

    @Test
    void theOutputOfAToolIsEitherItsResultOrAnError() throws Exception {
        Schema output = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ToolSchemas.of("storage_delete").output());
        assertThat(output.validate(json.readTree("{\"deleted\": 1}"))).isEmpty();
        assertThat(output.validate(
                        json.readTree("{\"error\": {\"code\": \"X\", \"message\": \"m\", \"retryable\": false}}")))
                .isEmpty();
        assertThat(output.validate(json.readTree("{}"))).isNotEmpty();
    }

    @Test
    void anySchemaOfAResultAllowsForFailureBesides() throws Exception {
        JsonNode failure = json.readTree("{\"error\": {\"code\": \"X\", \"message\": \"m\", \"retryable\": false}}");
        for (String written : new String[] {
            "{'type': 'object', 'properties': {'a': {'type': 'integer'}}, 'required': ['a'], 'additionalProperties': false}",
            "{'type': 'object', 'properties': {'a': {'type': 'integer'}}}",
            "{'type': 'object', 'allOf': [{'required': ['a']}], 'properties': {'a': {'$ref': '#/$defs/n'}},"
                    + " '$defs': {'n': {'type': 'integer'}}}",
            "{'type': 'object', 'minProperties': 1, 'patternProperties': {'^[a-z]$': {'type': 'integer'}},"
                    + " 'additionalProperties': false}"
        }) {
            Schema both = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(ToolSchemas.orFailure((ObjectNode) json.readTree(written.replace('\'', '"'))));
            assertThat(both.validate(json.readTree("{\"a\": 1}"))).as(written).isEmpty();
            assertThat(both.validate(failure)).as(written).isEmpty();
            assertThat(both.validate(json.readTree("{\"a\": \"x\"}")))
                    .as(written)
                    .isNotEmpty();
        }
    }

    @Test
    void theOutputOfADiscoveredToolAllowsForFailureAsClientsAreToldIt() throws Exception {
        ObjectNode own = (ObjectNode) json.readTree("""
                {"type": "object", "properties": {"sum": {"type": "number"}}, "required": ["sum"],
                 "additionalProperties": false}""");
        Schema told = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ToolSchemas.orFailure(own));

        assertThat(told.validate(json.readTree("{\"sum\": 1}"))).isEmpty();
        assertThat(told.validate(
                        json.readTree("{\"error\": {\"code\": \"X\", \"message\": \"m\", \"retryable\": false}}")))
                .isEmpty();
        assertThat(told.validate(json.readTree("{}"))).isNotEmpty();
        assertThat(own.path("properties").has("error")).isFalse();
        ObjectNode outspoken = (ObjectNode)
                json.readTree("{\"type\": \"object\", \"properties\": {\"error\": {\"type\": \"string\"}}}");
        assertThat(ToolSchemas.orFailure(outspoken)).isSameAs(outspoken);
    }

    @Test
    void aToolWithoutSchemaIsADefect() {
        assertThatThrownBy(() -> ToolSchemas.of("no_such_tool")).hasMessageContaining("no_such_tool");
    }
}
