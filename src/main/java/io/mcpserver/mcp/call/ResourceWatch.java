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

/**
 * Who wants to know when a stored document changes. Told after the change is durable, before it is acknowledged.
 *
 * <p>Threads: safe for any number of callers. Watchers are told on the store's writer thread: they must not block.
 */
@Singleton
public class ResourceWatch implements ChangeListener {

    /** Watches of one watcher; each costs some hundred bytes. */
    static final int MOST = 1_000;

    private final Map<String, Map<Object, Consumer<String>>> watchers = new ConcurrentHashMap<>();
    private final Map<Object, Set<String>> watched = new ConcurrentHashMap<>();

    public ResourceWatch(StoreService stores) {
        stores.listen(this);
    }

    /** Whether the URI names something that can be watched here. */
    public static boolean watches(String uri) {
        return DocumentUri.canonical(uri).isPresent();
    }

    /**
     * Tells {@code watcher} the URI, as it is spelled here, at every change of the document.
     *
     * @param uri for which {@link #watches} holds, whether the document exists or not
     * @param who by whom the watch is ended; one who watches the same again replaces the watch
     * @return {@code false} if {@code who} watches too much already, more than {@value #MOST}
     */
    public boolean watch(String uri, Object who, Consumer<String> watcher) {
        String name = DocumentUri.canonical(uri).orElseThrow();
        Set<String> mine = watched.computeIfAbsent(who, key -> ConcurrentHashMap.newKeySet());
        if (mine.size() >= MOST && !mine.contains(name)) {
            return false;
        }
        mine.add(name);
        watchers.compute(name, (key, present) -> {
            Map<Object, Consumer<String>> all = present == null ? new ConcurrentHashMap<>() : present;
            all.put(who, changed -> watcher.accept(uri));
            return all;
        });
        return true;
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
        Set<String> mine = watched.remove(who);
        if (mine != null) {
            mine.forEach(name -> drop(name, who));
        }
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
            watchers.getOrDefault(uri, Map.of()).values().forEach(watcher -> watcher.accept(uri));
        }
    }

    private void drop(String name, Object who) {
        watchers.computeIfPresent(name, (key, all) -> {
            all.remove(who);
            return all.isEmpty() ? null : all;
        });
    }
}
