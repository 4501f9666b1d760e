package io.mcpserver.storage.index;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Passages;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.AlreadyClosedException;

/** Answers a search: asks the index, fuses what both sides found, fetches the documents. */
final class Finder {

    private static final int MOST_TEXT = 10_000;
    private static final int MOST_HITS = 100;

    private final DocumentStore record;
    private final Indexer indexer;

    Finder(DocumentStore record, Indexer indexer) {
        this.record = record;
        this.indexer = indexer;
    }

    List<Hit> find(Search search) {
        check(search);
        try {
            return indexer.read(view -> hits(search, words(view, search)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(ErrorCode.TIMEOUT, "The search was interrupted before it was done.", e);
        } catch (AlreadyClosedException e) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The search index was closed during the search.", e);
        } catch (IOException e) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE, "The search index cannot be read: " + e.getMessage(), e);
        }
    }

    private static void check(Search search) {
        if (search.text().isBlank()) {
            throw new StoreException(ErrorCode.INVALID_ARGUMENT, "The search text is blank; say what to look for.");
        }
        if (search.text().length() > MOST_TEXT) {
            throw new StoreException(
                    ErrorCode.TOO_LARGE,
                    "The search text has %d characters; at most %d are allowed."
                            .formatted(search.text().length(), MOST_TEXT));
        }
        if (search.limit() < 1 || search.limit() > MOST_HITS) {
            throw new StoreException(
                    ErrorCode.INVALID_ARGUMENT,
                    "limit is %d; it must be 1 to %d.".formatted(search.limit(), MOST_HITS));
        }
    }

    private List<Match> words(IndexView view, Search search) throws IOException {
        Optional<Query> query = WordQuery.of(search.text());
        if (query.isEmpty()) {
            return List.of();
        }
        Scope scope = Scope.of(record, search);
        return scope.collect(search.limit(), window -> view.words(query.get(), scope.restriction(), window));
    }

    private List<Hit> hits(Search search, List<Match> matches) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        matches.forEach(match ->
                ids.computeIfAbsent(match.collection(), c -> new ArrayList<>()).add(match.id()));
        Map<String, Document> documents = new HashMap<>();
        ids.forEach((collection, some) -> record.load(collection, some)
                .forEach((id, document) -> documents.put(Fields.key(collection, id), document)));
        List<Hit> hits = new ArrayList<>();
        for (Match match : matches) {
            Document document = documents.get(match.key());
            if (document != null && hits.size() < search.limit()) {
                hits.add(new Hit(match.collection(), document, match.score(), passage(match, document), Optional.empty()));
            }
        }
        return hits;
    }

    private String passage(Match match, Document document) {
        List<String> texts =
                Passages.of(record.settings(match.collection()), document.content()).texts();
        return texts.isEmpty() ? "" : texts.get(Math.min(match.passage(), texts.size() - 1));
    }
}
