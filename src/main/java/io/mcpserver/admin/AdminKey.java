package io.mcpserver.admin;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.mcp.edge.Replies;
import io.mcpserver.security.Caller;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Lets a request in that came with a key that has {@code admin: true}. */
final class AdminKey {

    private AdminKey() {}

    /** Whether it may go on; else it was answered, or passed on to the next route where no such key is configured. */
    static boolean allows(RoutingContext http, ServerConfig config) {
        Set<String> admins = config.security().admins();
        if (admins.isEmpty()) {
            http.next();
            return false;
        }
        Caller caller = http.get(Caller.KEY);
        boolean admin = caller != null && admins.contains(caller.name());
        if (!admin) {
            Replies.refuse(http, 403, "This key may not: it needs admin: true in security.api_keys.");
        }
        return admin;
    }
}
