package io.mcpserver.tool.catalog;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.NearestName;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolSpec;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The tools of all providers, and the tools, prompts and resources that were discovered. A discovered tool stands in for
 * one of the same name whose provider yields; other names of providers are reserved. The discovered ones are replaced as a
 * whole: a request sees all of the old or all of the new, and a call in flight ends with the tool it began with.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
public class ToolCatalog {

    private static final Logger LOG = Logger.getLogger(ToolCatalog.class);

    /** Before everything that answers, which observes without a priority. */
    private static final int EARLY = 1;

    private final Offer builtIn;
    private final TakenNames taken;
    private final List<Consumer<Set<OfferKind>>> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();
    private volatile Offer discovered = Offer.NOTHING;
    private final LiveConfig.Companion<CatalogSnapshot> current;

    /** What the listeners know. */
    private volatile CatalogSnapshot told;

    @Inject
    ToolCatalog(@All List<ToolProvider> providers, ExtensionNames extension, LiveConfig config) {
        this(providers, extension, config::companion);
    }

    /** @throws IllegalStateException if two tools have the same name */
    public ToolCatalog(List<ToolProvider> providers) {
        this(providers, TakenNames.Extension.NOTHING, LiveConfig.Companion::alone);
    }

    private ToolCatalog(
            List<ToolProvider> providers,
            TakenNames.Extension extension,
            Function<CatalogSnapshot, LiveConfig.Companion<CatalogSnapshot>> holder) {
        List<ToolSpec> tools = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        Set<String> yielding = new HashSet<>();
        for (ToolProvider provider : providers) {
            String owner = provider.getClass().getName();
            for (ToolSpec tool : provider.tools()) {
                String other = owners.putIfAbsent(tool.name(), owner);
                if (other != null) {
                    throw new IllegalStateException("Two tools are called %s, one of %s and one of %s; rename either."
                            .formatted(tool.name(), other, owner));
                }
                tools.add(tool);
                if (provider.yields()) {
                    yielding.add(tool.name());
                }
            }
        }
        owners.keySet().removeAll(yielding);
        this.builtIn = new Offer(tools, List.of(), List.of());
        this.taken = new TakenNames(owners, extension);
        this.told = new CatalogSnapshot(builtIn);
        this.current = holder.apply(told);
    }

    /** What is offered now. */
    public CatalogSnapshot now() {
        return current.now();
    }

    /** What was offered under a configuration, of one moment with it. */
    public CatalogSnapshot in(LiveConfig.Generation generation) {
        return current.in(generation);
    }

    /** The tool of that name. */
    public Optional<ToolSpec> find(String name) {
        return now().tool(name);
    }

    /** All tools, by name. */
    public Collection<ToolSpec> tools() {
        return now().tools();
    }

    /** What was discovered and is offered now. */
    public Offer discovered() {
        return discovered;
    }

    /** Who has the name of a tool that no discovered one may have, in words; empty where it is free. */
    public Optional<String> ownerOfTool(String name) {
        return taken.ownerOfTool(name);
    }

    /** Who has the name of a prompt that no discovered one may have, in words; empty where it is free. */
    public Optional<String> ownerOfPrompt(String name) {
        return taken.ownerOfPrompt(name);
    }

    /** Who has the address of a resource that no discovered one may have, in words; empty where it is free. */
    public Optional<String> ownerOfResource(String uri) {
        return taken.ownerOfResource(uri);
    }

    /**
     * Offers what was discovered in place of what was discovered before, and tells the listeners what has changed;
     * nothing is told where clients would see no difference.
     *
     * @return what has changed
     * @throws IllegalArgumentException if a name is taken; names both that have it, and changes nothing
     */
    public Set<OfferKind> replace(Offer found) {
        return prepare(found).take();
    }

    /**
     * Makes ready to offer what was discovered in place of what was discovered before; changes nothing yet.
     *
     * @throws IllegalArgumentException if a name is taken; names both that have it
     */
    public Replacement prepare(Offer found) {
        taken.refuseClashes(found);
        Offer marked = new Offer(
                found.tools().stream().map(ToolSpec::asDiscovered).toList(), found.prompts(), found.resources());
        return new Replacement(found, new CatalogSnapshot(builtInBeside(marked).and(marked)));
    }

    /** What is ready to be offered; of no use any more when another was taken after it was made. */
    public final class Replacement {

        private final Offer found;
        private final CatalogSnapshot after;

        private Replacement(Offer found, CatalogSnapshot after) {
            this.found = found;
            this.after = after;
        }

        /** To come into force together with a configuration; {@link #take} tells of it then. */
        public LiveConfig.Next<CatalogSnapshot> next() {
            return current.next(after);
        }

        /** Offers it, if it is not offered yet, and tells the listeners what has changed since they were told last. */
        public Set<OfferKind> take() {
            synchronized (ToolCatalog.this) {
                discovered = found;
                current.replace(after);
                Set<OfferKind> changes = after.changesSince(told);
                told = after;
                if (!changes.isEmpty()) {
                    listeners.forEach(listener -> tell(listener, changes));
                }
                return changes;
            }
        }
    }

    /** What has changed already and is about to be told. */
    public Set<OfferKind> yetToTell() {
        return now().changesSince(told);
    }

    /** Without the tools in whose place others were discovered. */
    private Offer builtInBeside(Offer found) {
        Set<String> names = found.tools().stream().map(ToolSpec::name).collect(Collectors.toSet());
        return new Offer(
                builtIn.tools().stream()
                        .filter(tool -> !names.contains(tool.name()))
                        .toList(),
                builtIn.prompts(),
                builtIn.resources());
    }

    /** Has {@code listener} hear what changes from now on, in the order of the changes; it must not block. */
    public void onChange(Consumer<Set<OfferKind>> listener) {
        listeners.add(listener);
    }

    private static void tell(Consumer<Set<OfferKind>> listener, Set<OfferKind> changes) {
        try {
            listener.accept(changes);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.errorf(e, "Changes of %s could not be told", changes);
        }
    }

    void start(@Observes @Priority(EARLY) StartupEvent event, ServerConfig config) {
        // Names of tools that are yet to be discovered are no mistake.
        if (!config.tools().autoDiscover()) {
            warnOfUnknown(config.tools().confirm());
        }
    }

    /** Warns in the log of those names of {@code tools.confirm} that no tool has; of each name once. */
    public void warnOfUnknown(Collection<String> confirmed) {
        CatalogSnapshot now = now();
        for (String name : confirmed) {
            if (now.tool(name).isEmpty() && warnedOf.add(name)) {
                LOG.warnf(
                        "tools.confirm names the tool \"%s\", which this server does not have%s",
                        name,
                        NearestName.of(name, names(now))
                                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                                .orElse(""));
            }
        }
    }

    private static Set<String> names(CatalogSnapshot snapshot) {
        return snapshot.tools().stream().map(ToolSpec::name).collect(Collectors.toSet());
    }
}
