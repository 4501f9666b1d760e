package io.mcpserver.mcp.call;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.tool.catalog.OfferKind;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/** Tells every client, of every revision and transport, once when a list of what is offered has changed. */
@Singleton
class ListChanges {

    /** Before anything is discovered. */
    private static final int EARLY = 1;

    private final Protocol protocol;

    ListChanges(Protocol protocol) {
        this.protocol = protocol;
    }

    void start(@Observes @Priority(EARLY) StartupEvent event, ToolCatalog catalog, LiveConfig config) {
        catalog.onChange(this::tell);
        config.onChange((before, after) -> {
            // What changed with the configuration is told by the catalog in a moment.
            if (mayShowOtherTools(before, after) && !catalog.yetToTell().contains(OfferKind.TOOLS)) {
                tell(Set.of(OfferKind.TOOLS));
            }
        });
    }

    private void tell(Set<OfferKind> changes) {
        changes.forEach(kind -> protocol.tellAll(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("method", "notifications/" + kind.word() + "/list_changed")));
    }

    /** Whether some caller may be offered other tools than before. */
    private static boolean mayShowOtherTools(ServerConfig before, ServerConfig after) {
        ServerConfig.Tools old = before.tools();
        ServerConfig.Tools now = after.tools();
        return old.enabled() != now.enabled()
                || old.discovery() != now.discovery()
                || !old.include().equals(now.include())
                || !old.exclude().equals(now.exclude())
                || !before.security().apiKeys().equals(after.security().apiKeys());
    }
}
