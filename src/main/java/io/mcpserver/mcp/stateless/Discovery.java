package io.mcpserver.mcp.stateless;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.Revisions;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * What {@code server/discover} answers: what the extension says in answer to an {@code initialize} of our own, and the
 * generation of the configuration in force.
 */
@Singleton
class Discovery {

    /** In {@code _meta}, where names of others stand under a name of theirs. */
    static final String GENERATION = "io.mcpserver/generation";

    private static final JsonObject INITIALIZE = new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", "initialize")
            .put(
                    "params",
                    new JsonObject()
                            .put("protocolVersion", Revisions.STATEFUL.getFirst())
                            .put("capabilities", new JsonObject())
                            .put(
                                    "clientInfo",
                                    new JsonObject().put("name", "discover").put("version", "1")));

    private final Protocol protocol;
    private final LiveConfig config;

    Discovery(Protocol protocol, LiveConfig config) {
        this.protocol = protocol;
        this.config = config;
    }

    /** The result, without what every result has. */
    Future<JsonObject> result() {
        return initialized().map(said -> {
            JsonObject result = new JsonObject()
                    .put("supportedVersions", new JsonArray(Revisions.ALL))
                    .put("capabilities", said.getJsonObject("capabilities"))
                    .put("_meta", new JsonObject().put(GENERATION, config.generation()));
            Optional.ofNullable(said.getString("instructions")).ifPresent(text -> result.put("instructions", text));
            return result;
        });
    }

    /** What the server offers. */
    Future<JsonObject> capabilities() {
        return initialized().map(said -> said.getJsonObject("capabilities"));
    }

    private Future<JsonObject> initialized() {
        Promise<JsonObject> answer = Promise.promise();
        protocol.handle(
                        INITIALIZE.copy(),
                        protocol.open(Protocol.newId(), Transport.STREAMABLE_HTTP, said -> {}),
                        said -> answer.tryComplete(said.getJsonObject("result")),
                        Optional.empty())
                .onFailure(answer::tryFail);
        return answer.future();
    }
}
