package io.mcpserver.mcp.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.mcp.testing.Profiles;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.Http.class)
class TellingAllTest {

    private static final JsonObject NEWS =
            new JsonObject().put("jsonrpc", "2.0").put("method", "notifications/news");

    @Inject
    Protocol protocol;

    private final List<Conversation> open = new ArrayList<>();

    @AfterEach
    void stopHearing() {
        open.forEach(protocol::stopHearing);
    }

    @Test
    void everyClientIsToldThoughTheStreamsOfOthersHaveEnded() {
        List<JsonObject> told = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            hear(said -> {
                throw new IllegalStateException("Response has already been written");
            });
            hear(told::add);
        }

        protocol.tellAll(NEWS);

        assertThat(told).hasSize(10).containsOnly(NEWS);
    }

    private void hear(Consumer<JsonObject> sink) {
        Conversation conversation =
                protocol.resume(Protocol.newId(), Transport.STREAMABLE_HTTP, ClientProfile.UNKNOWN, sink);
        open.add(conversation);
        protocol.hear(conversation);
    }
}
