package io.mcpserver.tool.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolResult;
import io.quarkiverse.mcp.server.ToolResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolResponsesTest {

    @Test
    void aResultComesAsStructureAndAsText() {
        var structure = JsonNodeFactory.instance.objectNode().put("done", true);
        ToolResponse response = ToolResponses.of(new ToolOutcome.Success(ToolResult.of(structure, "It is done.")));
        assertThat(response.isError()).isFalse();
        assertThat(response.structuredContent()).isEqualTo(structure);
        assertThat(response.firstContent().asText().text()).isEqualTo("It is done.");
    }

    @Test
    void aResultWithoutStructureComesAsText() {
        ToolResponse response = ToolResponses.of(new ToolOutcome.Success(ToolResult.ofText("It is done.")));
        assertThat(response.structuredContent()).isNull();
        assertThat(response.firstContent().asText().text()).isEqualTo("It is done.");
    }

    @Test
    void aFailureSaysWhatToDo() {
        ToolResponse response =
                ToolResponses.of(new ToolOutcome.Failure(new CodedException(ErrorCode.DISK_FULL, "No space is left.")));
        assertThat(response.isError()).isTrue();
        assertThat(response.firstContent().asText().text()).isEqualTo("DISK_FULL: No space is left.");
        assertThat(((JsonNode) response.structuredContent())
                        .at("/error/retryable")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aMissingCapabilityIsNamed() {
        ToolResponse response = ToolResponses.of(new ToolOutcome.NeedsCapability(Set.of(ClientFeature.ELICITATION)));
        assertThat(response.isError()).isTrue();
        assertThat(response.firstContent().asText().text())
                .startsWith("UNSUPPORTED")
                .contains("elicitation");
    }
}
