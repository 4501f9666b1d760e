package io.mcpserver.mcp.message;

import io.vertx.core.json.JsonObject;

/**
 * What a client said of itself, in {@code initialize} or in the {@code _meta} of a request: display and negotiation,
 * never authority.
 *
 * @param revision that both sides speak
 * @param info name and version, title and the like; empty where the client did not say
 * @param capabilities by name
 */
public record ClientProfile(String revision, JsonObject info, JsonObject capabilities) {

    /** Of a client that said nothing. */
    public static final ClientProfile UNKNOWN =
            new ClientProfile(Revisions.STATEFUL.getFirst(), new JsonObject(), new JsonObject());

    /** What {@code initialize} brought; a revision that is not spoken is answered with the newest that is. */
    public static ClientProfile ofInitialize(JsonObject params) {
        String asked = params.getString("protocolVersion");
        return new ClientProfile(
                Revisions.STATEFUL.contains(asked) ? asked : Revisions.STATEFUL.getFirst(),
                params.getJsonObject("clientInfo"),
                Members.object(params, "capabilities"));
    }

    /** What the {@code _meta} of a stateless request says, with its required members there. */
    public static ClientProfile ofMeta(JsonObject meta) {
        return new ClientProfile(
                meta.getString(RequestMeta.REVISION),
                Members.object(meta, RequestMeta.CLIENT_INFO),
                meta.getJsonObject(RequestMeta.CLIENT_CAPABILITIES));
    }
}
