package io.mcpserver.mcp.testing;

import io.vertx.core.json.JsonObject;

/** The trace of a client, in which it makes its requests. */
public final class ClientTrace {

    public static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** The span of the client from which it makes them. */
    public static final String PARENT = "00f067aa0ba902b7";

    private ClientTrace() {}

    /** What {@code _meta} of a request in it has; the client has sampled it, or decided that nobody does. */
    public static JsonObject meta(boolean sampled) {
        return meta("00-" + TRACE + "-" + PARENT + (sampled ? "-01" : "-00"));
    }

    /** What {@code _meta} of a request has that says this of its trace. */
    public static JsonObject meta(String traceparent) {
        return new JsonObject().put("traceparent", traceparent);
    }
}
