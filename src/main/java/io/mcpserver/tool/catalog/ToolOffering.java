package io.mcpserver.tool.catalog;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.Tools.Discovery;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolSpec;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who is offered which tools: by {@code tools.enabled}, {@code include}, {@code exclude} and {@code discovery} as they are
 * now, by groups, and by what a caller may do. A tool that is in no group is offered only to callers who selected none.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
public class ToolOffering {

    /** The tool that finds tools; with {@link #CALL} offered only where {@code tools.discovery} is search. */
    public static final String SEARCH = "tools_search";

    /** The tool that calls one that was found. */
    public static final String CALL = "tools_call";

    private static final Set<String> FINDERS = Set.of(SEARCH, CALL);

    /** What the configuration lets through of a snapshot, and which of it are the tools that find others. */
    private record Allowed(
            CatalogSnapshot snapshot, ServerConfig.Tools by, Map<String, ToolSpec> tools, List<ToolSpec> finders) {}

    private final ToolCatalog catalog;
    private final LiveConfig config;
    private volatile Allowed known;

    public ToolOffering(ToolCatalog catalog, LiveConfig config) {
        this.catalog = catalog;
        this.config = config;
    }

    /** The tool of that name if it is offered to this caller, or would be if it had the scope that the tool demands. */
    public Optional<ToolSpec> find(String name, ToolCaller caller) {
        Allowed allowed = allowed();
        if (FINDERS.contains(name)) {
            return allowed.finders().stream()
                    .filter(tool -> tool.name().equals(name))
                    .findFirst();
        }
        return Optional.ofNullable(allowed.tools().get(name)).filter(tool -> inGroups(tool, caller));
    }

    /** The tools that anybody is offered. */
    public List<ToolSpec> tools() {
        Allowed allowed = allowed();
        return allowed.by().enabled()
                ? Stream.concat(allowed.tools().values().stream(), allowed.finders().stream())
                        .toList()
                : List.of();
    }

    /** The tools that this caller is shown, by name. */
    public List<ToolSpec> shown(ToolCaller caller) {
        Allowed allowed = allowed();
        if (!allowed.by().enabled()) {
            return List.of();
        }
        return allowed.finders().isEmpty() ? offered(allowed, caller) : allowed.finders();
    }

    /** The tools that this caller may call, by name, but for those that find others. */
    public List<ToolSpec> offered(ToolCaller caller) {
        return offered(allowed(), caller);
    }

    private static List<ToolSpec> offered(Allowed allowed, ToolCaller caller) {
        return allowed.tools().values().stream()
                .filter(tool -> inGroups(tool, caller) && hasScope(tool, caller))
                .toList();
    }

    private static boolean inGroups(ToolSpec tool, ToolCaller caller) {
        return caller.groups()
                .map(selected -> !Collections.disjoint(selected, tool.policy().groups()))
                .orElse(true);
    }

    private static boolean hasScope(ToolSpec tool, ToolCaller caller) {
        return tool.policy().scope().map(caller::has).orElse(true);
    }

    private Allowed allowed() {
        Allowed last = known;
        // Of one moment: never tools of one configuration under the rules of another.
        LiveConfig.Generation now = config.current();
        CatalogSnapshot snapshot = catalog.in(now);
        ServerConfig.Tools by = now.config().tools();
        if (last == null || last.snapshot() != snapshot || last.by() != by) {
            last = allow(snapshot, by);
            known = last;
        }
        return last;
    }

    private static Allowed allow(CatalogSnapshot snapshot, ServerConfig.Tools by) {
        NamePatterns included = new NamePatterns(by.include());
        NamePatterns excluded = new NamePatterns(by.exclude());
        Map<String, ToolSpec> tools = new LinkedHashMap<>();
        Collection<ToolSpec> all = snapshot.tools();
        all.stream()
                .filter(tool ->
                        !FINDERS.contains(tool.name()) && included.fit(tool.name()) && !excluded.fit(tool.name()))
                .forEach(tool -> tools.put(tool.name(), tool));
        List<ToolSpec> finders = by.discovery() == Discovery.LIST
                ? List.of()
                : all.stream()
                        .filter(tool -> FINDERS.contains(tool.name()) && !excluded.fit(tool.name()))
                        .toList();
        return new Allowed(snapshot, by, tools, finders);
    }
}
