package io.mcpserver.mcp.stateless;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.mcp.message.RequestMeta;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;

/** Who the server says it is, in every result. */
@Singleton
class ServerIdentity {

    private final String name;
    private final String version;
    private final String members;

    ServerIdentity(ServerConfig config) {
        name = config.server().name();
        version = config.server().version();
        members = ",\"resultType\":\"complete\",\"_meta\":"
                + new JsonObject().put(RequestMeta.SERVER_INFO, json()).encode();
    }

    /** Name and version, a new object each time. */
    JsonObject json() {
        return new JsonObject().put("name", name).put("version", version);
    }

    /** What every complete result has besides its own, as JSON text that begins with a comma. */
    String membersOfCompleteResult() {
        return members;
    }
}
