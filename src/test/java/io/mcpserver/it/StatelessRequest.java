package io.mcpserver.it;

import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/** Calls of a client without a session, which can ask its user; revision 2026-07-28. */
final class StatelessRequest {

    private static final String REVISION = "2026-07-28";

    private StatelessRequest() {}

    static Reply call(URI server, String tool, JsonObject arguments) {
        return call(server, tool, arguments, new JsonObject());
    }

    /** @param brought what an earlier round led to: {@code requestState} and {@code inputResponses} */
    static Reply call(URI server, String tool, JsonObject arguments, JsonObject brought) {
        JsonObject meta = new JsonObject()
                .put("io.modelcontextprotocol/protocolVersion", REVISION)
                .put(
                        "io.modelcontextprotocol/clientCapabilities",
                        new JsonObject().put("elicitation", new JsonObject()));
        JsonObject params = new JsonObject()
                .put("_meta", meta)
                .put("name", tool)
                .put("arguments", arguments)
                .mergeIn(brought);
        return RawHttp.post(server, "/mcp", McpMessages.request(1, "tools/call", params))
                .header("Mcp-Protocol-Version", REVISION)
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .send();
    }

    static Reply add(URI server, int a, int b) {
        return call(server, "calculator_add", new JsonObject().put("a", a).put("b", b));
    }
}
