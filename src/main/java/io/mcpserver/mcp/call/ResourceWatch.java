package io.mcpserver.mcp.call;

import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.builtin.DocumentUri;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Who wants to know when a stored document changes. Told after the change is durable, before it is acknowledged.
 *
 * <p>Threads: safe for any number of callers. Watchers are told on the store's writer thread: they must not block.
 */
@Singleton
public class ResourceWatch implements ChangeListener {

    /** Watches of one watcher; each costs some hundred bytes. */
    static final int MOST = 1_000;

    /** Watches of all together. */
    private static final int MOST_OF_ALL = 20_000;

    /** Characters of an address, as it is spelled and in its canonical form; no document has a longer one. */
    private static final int LONGEST = 4_096;

    private static final Logger LOG = Logger.getLogger(ResourceWatch.class);

    private final Map<String, Map<Object, Consumer<String>>> watchers = new ConcurrentHashMap<>();
    private final Map<Object, Set<String>> watched = new ConcurrentHashMap<>();

    public ResourceWatch(StoreService stores) {
        stores.listen(this);
    }

    /** Whether the URI names something that can be watched here. */
    public static boolean watches(String uri) {
        return uri.length() <= LONGEST
                && DocumentUri.canonical(uri)
                        .filter(name -> name.length() <= LONGEST)
                        .isPresent();
    }

    /**
     * Tells {@code watcher} the URI, as it is spelled here, at every change of the document.
     *
     * @param uri for which {@link #watches} holds, whether the document exists or not
     * @param who by whom the watch is ended; one who watches the same again replaces the watch
     * @return {@code false} if {@code who} watches too much already, more than {@value #MOST}, or all together do
     */
    public boolean watch(String uri, Object who, Consumer<String> watcher) {
        String name = DocumentUri.canonical(uri).orElseThrow();
        boolean[] added = {false};
        // Both maps at once, so that nothing is left of a watch that ends while it begins.
        watched.compute(who, (key, present) -> {
            Set<String> mine = present == null ? ConcurrentHashMap.newKeySet() : present;
            added[0] = mine.contains(name) || mine.size() < MOST && watchers.size() < MOST_OF_ALL;
            if (added[0]) {
                mine.add(name);
                add(name, who, changed -> watcher.accept(uri));
            }
            return mine.isEmpty() ? null : mine;
        });
        return added[0];
    }

    private void add(String name, Object who, Consumer<String> watcher) {
        watchers.compute(name, (key, present) -> {
            Map<Object, Consumer<String>> all = present == null ? new ConcurrentHashMap<>() : present;
            all.put(who, watcher);
            return all;
        });
    }

    /** Ends one watch; nothing happens where there is none. */
    public void end(String uri, Object who) {
        DocumentUri.canonical(uri).ifPresent(name -> {
            Set<String> mine = watched.get(who);
            if (mine != null && mine.remove(name)) {
                drop(name, who);
            }
        });
    }

    /** Ends every watch of somebody who is gone. */
    public void endAll(Object who) {
        watched.computeIfPresent(who, (key, mine) -> {
            mine.forEach(name -> drop(name, who));
            return null;
        });
    }

    /** How many watches there are. */
    public int count() {
        return watched.values().stream().mapToInt(Set::size).sum();
    }

    @Override
    public void committed(List<Change> changes) {
        if (watchers.isEmpty()) {
            return;
        }
        for (Change change : changes) {
            String uri = DocumentUri.of(change.collection(), change.id());
            watchers.getOrDefault(uri, Map.of()).values().forEach(watcher -> tell(watcher, uri));
        }
    }

    private static void tell(Consumer<String> watcher, String uri) {
        try {
            watcher.accept(uri);
        } catch (RuntimeException e) {
            LOG.debugf(e, "A watcher of %s could not be told", uri);
        }
    }

    private void drop(String name, Object who) {
        watchers.computeIfPresent(name, (key, all) -> {
            all.remove(who);
            return all.isEmpty() ? null : all;
        });
    }
}
