package io.mcpserver.mcp.call;

import io.mcpserver.tool.ToolCaller;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The groups of tools that a client selects by its URL, as in {@code /mcp?group=reporting&group=sales}. Each request
 * counts by its own URL: a client sends all requests of a session to the URL that it was given, so nothing has to be
 * remembered, by any process.
 */
public final class SelectedGroups {

    private static final String GROUP = "group";

    private SelectedGroups() {}

    /** Who called, with the groups that the URL selects among those of its key; without a selection, all that the key has. */
    public static ToolCaller callerOf(RoutingContext http) {
        ToolCaller holder = http.get(Call.CALLER);
        ToolCaller caller = holder == null ? ToolCaller.ANYBODY : holder;
        if (http.request().query() == null) {
            return caller;
        }
        Set<String> selected = selected(http);
        if (selected.isEmpty()) {
            return caller;
        }
        caller.groups().ifPresent(selected::retainAll);
        return new ToolCaller(
                caller.name(), caller.namespace(), caller.scopes(), Optional.of(selected), caller.claims());
    }

    /** The selection as the query of another URL; an empty text where there is none. */
    public static String queryOf(RoutingContext http) {
        return http.request().query() == null
                ? ""
                : selected(http).stream()
                        .sorted()
                        .map(group -> GROUP + "=" + URLEncoder.encode(group, StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    /** A query that cannot be decoded has been refused before. */
    private static Set<String> selected(RoutingContext http) {
        return new HashSet<>(http.queryParam(GROUP));
    }
}
