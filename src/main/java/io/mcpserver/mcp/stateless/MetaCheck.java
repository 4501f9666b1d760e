package io.mcpserver.mcp.stateless;

import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.RequestMeta;
import io.mcpserver.mcp.message.Revisions;
import io.mcpserver.tool.LogLevel;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Whether a request says in {@code _meta} what it must, and in a revision that is spoken. */
final class MetaCheck {

    private MetaCheck() {}

    /** The first fault in the shape of {@code _meta}. */
    static Optional<Fault> shape(Request request) {
        Optional<JsonObject> meta = RequestMeta.of(request.json());
        if (meta.isEmpty()) {
            return Optional.of(
                    Fault.params("The member params._meta is missing: it names the revision and what the client"
                            + " can do, " + RequestMeta.REVISION + " and " + RequestMeta.CLIENT_CAPABILITIES + "."));
        }
        return member(meta.get(), RequestMeta.REVISION, String.class, "a string", true)
                .or(() -> member(meta.get(), RequestMeta.CLIENT_CAPABILITIES, JsonObject.class, "an object", true))
                .or(() -> member(meta.get(), RequestMeta.CLIENT_INFO, JsonObject.class, "an object", false));
    }

    /** The revision, and what only a known one defines. */
    static Optional<Fault> meaning(JsonObject meta) {
        String revision = meta.getString(RequestMeta.REVISION);
        if (!Revisions.STATELESS.contains(revision)) {
            return Optional.of(Fault.revision(revision));
        }
        Object level = meta.getValue(RequestMeta.LOG_LEVEL);
        if (level != null && !(level instanceof String word && LogLevel.of(word).isPresent())) {
            return Optional.of(Fault.params("The member params._meta[\"" + RequestMeta.LOG_LEVEL
                    + "\"] must be debug, info, notice, warning, error, critical, alert or emergency."));
        }
        return Optional.empty();
    }

    private static Optional<Fault> member(JsonObject meta, String name, Class<?> type, String words, boolean required) {
        Object value = meta.getValue(name);
        if (value == null) {
            return required
                    ? Optional.of(Fault.params("The member params._meta[\"" + name + "\"] is missing."))
                    : Optional.empty();
        }
        return type.isInstance(value)
                ? Optional.empty()
                : Optional.of(Fault.params("The member params._meta[\"" + name + "\"] must be " + words + "."));
    }
}
