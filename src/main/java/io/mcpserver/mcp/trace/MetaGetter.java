package io.mcpserver.mcp.trace;

import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.json.JsonObject;

/** Reads {@code traceparent} and {@code tracestate} from {@code _meta}, where a stranger may have put anything. */
enum MetaGetter implements TextMapGetter<JsonObject> {
    INSTANCE;

    /** Twice what has to be passed on; nothing longer is even parsed. */
    private static final int LONGEST = 1_024;

    @Override
    public Iterable<String> keys(JsonObject meta) {
        return meta.fieldNames();
    }

    @Override
    public String get(JsonObject meta, String name) {
        return meta.getValue(name) instanceof String text && text.length() <= LONGEST ? text : null;
    }
}
