package io.mcpserver.mcp.session;

import io.mcpserver.mcp.message.ClientProfile;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * What is sealed into the id of a session.
 *
 * @param client what {@code initialize} brought
 * @param caller who began the session: the name of its key, an empty text where none is needed
 * @param expires after which the id is worth nothing
 */
record SealedSession(ClientProfile client, String caller, Instant expires) {

    JsonObject toJson() {
        return new JsonObject()
                .put("r", client.revision())
                .put("i", client.info())
                .put("c", client.capabilities())
                .put("k", caller)
                .put("e", expires.getEpochSecond());
    }

    static SealedSession of(JsonObject json) {
        return new SealedSession(
                new ClientProfile(json.getString("r"), json.getJsonObject("i"), json.getJsonObject("c")),
                json.getString("k"),
                Instant.ofEpochSecond(json.getLong("e")));
    }
}
