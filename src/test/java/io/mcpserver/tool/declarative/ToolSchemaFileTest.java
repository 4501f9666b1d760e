package io.mcpserver.tool.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code tool.schema.json}, which editors read, says what the program checks. After a change of a kind's schema, {@code
 * ./mvnw test -Dtest=ToolSchemaFileTest -Dgolden=write} writes it anew.
 */
class ToolSchemaFileTest {

    private static final Path FILE = Path.of("src/main/resources/tool.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theSchemaForEditorsHoldsEveryKind() throws IOException {
        String expected = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(ToolFileSchema.complete()) + "\n";
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(FILE, expected);
        }
        assertThat(Files.readString(FILE)).isEqualTo(expected);
    }

    @Test
    void theSchemaForEditorsIsValid() throws IOException {
        JsonNode schema = JSON.readTree(FILE.toFile());
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(schema))
                .isEmpty();
        assertThat(schema.at("/$defs/tool/oneOf")).hasSameSizeAs(Kinds.all().keySet());
    }
}
