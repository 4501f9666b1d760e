package io.mcpserver.storage.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Search;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Which documents a search may find.
 *
 * <p>Where a filter leaves few documents, the index looks at these only. Where it leaves many, the
 * index looks at all, and the engine is asked which of the best pass the filter, in windows that grow
 * until enough do.
 */
final class Scope {

    private static final int FEW = 20_000;
    private static final int GROWTH = 4;
    private static final int SMALLEST_WINDOW = 100;

    private final DocumentStore record;
    private final Optional<Query> restriction;
    private final Optional<Filter> filterAfterwards;

    private Scope(DocumentStore record, Optional<Query> restriction, Optional<Filter> filterAfterwards) {
        this.record = record;
        this.restriction = restriction;
        this.filterAfterwards = filterAfterwards;
    }

    static Scope of(DocumentStore record, Search search) {
        if (search.filter().equals(Filter.ALL)) {
            return new Scope(record, collection(search), Optional.empty());
        }
        List<String> collections = search.collection()
                .map(List::of)
                .orElseGet(() ->
                        record.collections().stream().map(CollectionInfo::name).toList());
        List<BytesRef> keys = new ArrayList<>();
        for (String collection : collections) {
            for (String id : record.ids(collection, search.filter(), FEW + 1 - keys.size())) {
                keys.add(new BytesRef(Fields.key(collection, id)));
            }
            if (keys.size() > FEW) {
                return new Scope(record, collection(search), Optional.of(search.filter()));
            }
        }
        return new Scope(record, Optional.of(new TermInSetQuery(Fields.KEY, keys)), Optional.empty());
    }

    private static Optional<Query> collection(Search search) {
        return search.collection().map(name -> new TermQuery(new Term(Fields.COLLECTION, name)));
    }

    /** What the index must not look beyond. */
    Optional<Query> restriction() {
        return restriction;
    }

    /** The best documents that pass: as many as wanted, or all there are. */
    List<Match> collect(int wanted, Source source) throws IOException {
        int size = Math.max(SMALLEST_WINDOW, GROWTH * wanted);
        while (true) {
            IndexView.Window window = source.window(size);
            List<Match> passed = pass(window.matches());
            if (window.complete() || passed.size() >= wanted) {
                return passed.size() > wanted ? passed.subList(0, wanted) : passed;
            }
            size = size > Integer.MAX_VALUE / GROWTH ? Integer.MAX_VALUE : size * GROWTH;
        }
    }

    private List<Match> pass(List<Match> matches) {
        if (filterAfterwards.isEmpty() || matches.isEmpty()) {
            return matches;
        }
        Map<String, List<JsonNode>> ids = new HashMap<>();
        matches.forEach(match -> ids.computeIfAbsent(match.collection(), c -> new ArrayList<>())
                .add(JsonNodeFactory.instance.textNode(match.id())));
        Set<String> passing = new HashSet<>();
        ids.forEach((collection, some) -> {
            Filter both = new Filter.And(List.of(filterAfterwards.get(), new Filter.In("id", some)));
            record.ids(collection, both, some.size()).forEach(id -> passing.add(Fields.key(collection, id)));
        });
        return matches.stream().filter(match -> passing.contains(match.key())).toList();
    }

    /** Where windows come from. */
    @FunctionalInterface
    interface Source {
        IndexView.Window window(int passages) throws IOException;
    }
}
