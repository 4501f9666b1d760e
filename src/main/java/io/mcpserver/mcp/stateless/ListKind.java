package io.mcpserver.mcp.stateless;

import java.util.Arrays;
import java.util.Optional;

/** The lists whose changes a client can ask to hear of. */
enum ListKind {
    TOOLS("toolsListChanged", "tools"),
    PROMPTS("promptsListChanged", "prompts"),
    RESOURCES("resourcesListChanged", "resources");

    private final String filter;
    private final String capability;

    ListKind(String filter, String capability) {
        this.filter = filter;
        this.capability = capability;
    }

    /** The kind whose change a notification tells. */
    static Optional<ListKind> of(String notification) {
        return Arrays.stream(values())
                .filter(kind -> notification.equals("notifications/" + kind.capability + "/list_changed"))
                .findFirst();
    }

    /** The member of the filter that asks for it. */
    String filter() {
        return filter;
    }

    /** The member of the server's capabilities that offers it. */
    String capability() {
        return capability;
    }
}
