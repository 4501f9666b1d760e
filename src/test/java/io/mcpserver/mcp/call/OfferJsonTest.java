package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.tool.Icon;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OfferJsonTest {

    @Test
    void clientsAreToldOfThePicturesOfATool() throws JsonProcessingException {
        ToolSpec tool = ToolSpec.named("greet")
                .title("Greeting")
                .description("Greets.")
                .hints(Hints.READS)
                .icons(List.of(
                        new Icon("https://example.com/a.png", Optional.of("image/png"), List.of("48x48")),
                        new Icon("data:image/svg+xml,<svg/>", Optional.empty(), List.of())))
                .computes(call -> ToolResult.of(null, "Hello"));

        JsonObject told = new JsonObject(
                new ObjectMapper().writeValueAsString(new OfferJson().of(tool).json()));

        assertThat(told.getJsonArray("icons"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("src", "https://example.com/a.png")
                                .put("mimeType", "image/png")
                                .put("sizes", new JsonArray().add("48x48")))
                        .add(new JsonObject().put("src", "data:image/svg+xml,<svg/>")));
        assertThat(told.getString("title")).isEqualTo("Greeting");
    }
}
