package io.mcpserver.tool.catalog;

import io.mcpserver.config.NearestName;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolSpec;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The tools of all providers.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
public class ToolCatalog {

    private static final Logger LOG = Logger.getLogger(ToolCatalog.class);

    /** Before everything that answers, which observes without a priority. */
    private static final int EARLY = 1;

    private final Map<String, ToolSpec> byName;
    private final Collection<ToolSpec> sorted;

    /** @throws IllegalStateException if two tools have the same name */
    public ToolCatalog(@All List<ToolProvider> providers) {
        Map<String, ToolSpec> tools = new HashMap<>();
        Map<String, ToolProvider> owners = new HashMap<>();
        for (ToolProvider provider : providers) {
            for (ToolSpec tool : provider.tools()) {
                ToolProvider other = owners.putIfAbsent(tool.name(), provider);
                if (other != null) {
                    throw new IllegalStateException("Two tools are called %s, one of %s and one of %s; rename either."
                            .formatted(tool.name(), nameOf(other), nameOf(provider)));
                }
                tools.put(tool.name(), tool);
            }
        }
        this.byName = tools;
        this.sorted = Collections.unmodifiableCollection(new TreeMap<>(tools).values());
    }

    private static String nameOf(ToolProvider provider) {
        return provider.getClass().getName();
    }

    /** The tool of that name. */
    public Optional<ToolSpec> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All tools, by name. */
    public Collection<ToolSpec> tools() {
        return sorted;
    }

    void start(@Observes @Priority(EARLY) StartupEvent event, ToolListing listing, ServerConfig config) {
        sorted.forEach(listing::add);
        for (String name : config.tools().confirm()) {
            if (!byName.containsKey(name)) {
                LOG.warnf(
                        "tools.confirm names the tool \"%s\", which this server does not have%s",
                        name,
                        NearestName.of(name, byName.keySet())
                                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                                .orElse(""));
            }
        }
    }
}
