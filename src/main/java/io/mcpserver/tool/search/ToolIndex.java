package io.mcpserver.tool.search;

import io.mcpserver.embedding.Embedder;
import io.mcpserver.error.CodedException;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.catalog.CatalogSnapshot;
import io.mcpserver.tool.catalog.ToolCatalog;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds tools of the catalog by what they do: by words, and by meaning where there is a model. What that needs is made for
 * the first who asks, once for each state of the catalog.
 *
 * <p>Threads: safe for any number of callers; may block.
 */
@Singleton
class ToolIndex {

    private static final Logger LOG = Logger.getLogger(ToolIndex.class);

    /** How little the first places count more than those behind; of reciprocal rank fusion. */
    private static final int FLATNESS = 60;

    private record Indexed(CatalogSnapshot snapshot, ToolWords words) {}

    private final Instance<ToolCatalog> catalog;
    private final Instance<StoreService> stores;
    private final ToolMeanings meanings = new ToolMeanings();
    private Indexed indexed;

    ToolIndex(Instance<ToolCatalog> catalog, Instance<StoreService> stores) {
        this.catalog = catalog;
        this.stores = stores;
    }

    /** The tools among these that fit the question, best first. */
    List<ToolSpec> find(String question, Collection<ToolSpec> among) throws InterruptedException {
        CatalogSnapshot snapshot = catalog.get().now();
        Map<String, Double> scores = new HashMap<>();
        count(scores, words(snapshot).find(question));
        count(scores, byMeaning(question, snapshot));
        return among.stream()
                .filter(tool -> scores.containsKey(tool.name()))
                .sorted(Comparator.<ToolSpec, Double>comparing(tool -> -scores.get(tool.name()))
                        .thenComparing(ToolSpec::name))
                .toList();
    }

    private static void count(Map<String, Double> scores, List<String> names) {
        for (int place = 0; place < names.size(); place++) {
            scores.merge(names.get(place), 1.0 / (FLATNESS + place), Double::sum);
        }
    }

    private synchronized ToolWords words(CatalogSnapshot snapshot) {
        if (indexed == null || indexed.snapshot() != snapshot) {
            indexed = new Indexed(snapshot, new ToolWords(snapshot.tools()));
        }
        return indexed.words();
    }

    /** Nothing where there is no model, or it cannot be used now. */
    private List<String> byMeaning(String question, CatalogSnapshot snapshot) throws InterruptedException {
        try {
            Optional<Embedder> embedder = stores.get().embedder();
            return embedder.isEmpty() ? List.of() : meanings.find(question, snapshot.tools(), embedder.get());
        } catch (CodedException e) {
            LOG.debugf("Tools are found by words only for now: %s", e.getMessage());
            return List.of();
        }
    }
}
