package io.mcpserver.storage.index;

import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.FilterMatcher;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.search.DocumentKeys;
import io.mcpserver.storage.search.Match;
import io.mcpserver.storage.search.Restriction;
import io.mcpserver.storage.search.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which documents a search may find.
 *
 * <p>With a filter the index first looks at all documents, and the best are read and tried. If these are too few, the engine lists the ids that the filter selects: where they are few
 * the index looks at these only, and else the window grows until enough pass.
 */
final class Scope {

    private static final int GROWTH = 4;
    private static final int SMALLEST_WINDOW = 100;
    private static final int AT_ONCE = 32;

    private final DocumentStore record;
    private final Search search;
    private final int few;
    private final Restriction collection;
    private Optional<Optional<Restriction>> selection = Optional.empty();

    /** @param few up to how many documents the index may be asked for by name */
    Scope(DocumentStore record, Search search, int few) {
        this.few = few;
        this.record = record;
        this.search = search;
        this.collection = search.collection().map(Restriction::toCollection).orElse(Restriction.NONE);
    }

    /** The best documents that pass: as many as wanted, or all there are. */
    List<Match> collect(int wanted, Source source) throws IOException {
        int size = Math.max(SMALLEST_WINDOW, GROWTH * wanted);
        if (search.filter().equals(Filter.ALL)) {
            return grow(size, wanted, collection, source, matches -> matches);
        }
        Window first = source.window(collection, size);
        List<Match> passed = pass(first.matches());
        if (first.complete() || passed.size() >= wanted) {
            return first(wanted, passed);
        }
        Optional<Restriction> named = selection();
        return named.isPresent()
                ? grow(size, wanted, named.get(), source, matches -> matches)
                : grow(GROWTH * size, wanted, collection, source, this::pass);
    }

    private static List<Match> grow(
            int from, int wanted, Restriction restriction, Source source, UnaryOperator<List<Match>> filter)
            throws IOException {
        for (int size = from; ; size = (int) Math.min(Integer.MAX_VALUE, (long) size * GROWTH)) {
            Window window = source.window(restriction, size);
            List<Match> passed = filter.apply(window.matches());
            if (window.complete() || passed.size() >= wanted) {
                return first(wanted, passed);
            }
        }
    }

    private static List<Match> first(int wanted, List<Match> matches) {
        return matches.size() > wanted ? matches.subList(0, wanted) : matches;
    }

    /** The documents that the filter selects, if they are few. */
    private Optional<Restriction> selection() {
        if (selection.isEmpty()) {
            selection = Optional.of(select());
        }
        return selection.get();
    }

    private Optional<Restriction> select() {
        List<String> collections = search.collection().map(List::of).orElseGet(() -> record.collections().stream()
                .map(CollectionInfo::name)
                .toList());
        List<String> keys = new ArrayList<>();
        for (String name : collections) {
            record.ids(name, search.filter(), few + 1 - keys.size()).forEach(id -> keys.add(DocumentKeys.of(name, id)));
            if (keys.size() > few) {
                return Optional.empty();
            }
        }
        return Optional.of(Restriction.toKeys(keys));
    }

    private List<Match> pass(List<Match> matches) {
        Map<String, List<String>> ids = new HashMap<>();
        matches.forEach(match ->
                ids.computeIfAbsent(match.collection(), c -> new ArrayList<>()).add(match.id()));
        Set<String> passing = new HashSet<>();
        ids.forEach((name, all) -> {
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                List<String> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
                record.load(name, some).values().stream()
                        .filter(document -> FilterMatcher.matches(search.filter(), document))
                        .forEach(document -> passing.add(DocumentKeys.of(name, document.id())));
            }
        });
        return matches.stream().filter(match -> passing.contains(match.key())).toList();
    }

    /** Where windows come from. */
    @FunctionalInterface
    interface Source {
        Window window(Restriction restriction, int passages) throws IOException;
    }
}
