package io.mcpserver.it;

import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/** Calls of revision 2026-07-28, in which every request stands for itself. */
final class ModernEra {

    static final String REVISION = "2026-07-28";

    /** Whether the server speaks the revision; until then it refuses these requests with 400. */
    static final boolean SERVED = true;

    private ModernEra() {}

    /** A request with the headers that repeat what is in its body. */
    static RawHttp post(URI server, int id, String method, JsonObject params) {
        RawHttp request = RawHttp.post(server, "/mcp", message(id, method, params))
                .header("MCP-Protocol-Version", REVISION)
                .header("Mcp-Method", method);
        return params.containsKey("name") ? request.header("Mcp-Name", params.getString("name")) : request;
    }

    static JsonObject add(int a, int b) {
        return new JsonObject()
                .put("name", "calculator_add")
                .put("arguments", new JsonObject().put("a", a).put("b", b));
    }

    static String message(int id, String method, JsonObject params) {
        JsonObject meta = new JsonObject()
                .put("io.modelcontextprotocol/protocolVersion", REVISION)
                .put(
                        "io.modelcontextprotocol/clientInfo",
                        new JsonObject().put("name", "test").put("version", "1"))
                .put("io.modelcontextprotocol/clientCapabilities", new JsonObject());
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .put("params", params.copy().put("_meta", meta))
                .encode();
    }
}
