package io.mcpserver.mcp.extension;

import io.mcpserver.mcp.message.ClientProfile;
import io.quarkiverse.mcp.server.ClientCapability;
import io.quarkiverse.mcp.server.Implementation;
import io.quarkiverse.mcp.server.InitialRequest;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** What a client said of itself, in the extension's words. */
final class ClientProfiles {

    private ClientProfiles() {}

    static InitialRequest initialRequest(ClientProfile client, Transport transport, boolean byItself) {
        JsonObject info = client.info();
        return new InitialRequest(
                new Implementation(
                        text(info, "name", "unnamed"), text(info, "version", "0"), text(info, "title", null)),
                client.revision(),
                capabilities(client.capabilities()),
                transport,
                byItself);
    }

    private static List<ClientCapability> capabilities(JsonObject capabilities) {
        return capabilities.getMap().entrySet().stream()
                .map(entry -> new ClientCapability(entry.getKey(), properties(capabilities.getValue(entry.getKey()))))
                .toList();
    }

    private static Map<String, Object> properties(Object value) {
        return value instanceof JsonObject object ? object.getMap() : Map.of();
    }

    private static String text(JsonObject info, String name, String otherwise) {
        return info.getValue(name) instanceof String text ? text : otherwise;
    }
}
