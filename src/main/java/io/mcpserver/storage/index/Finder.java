package io.mcpserver.storage.index;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionNames;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Passages;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.index.text.WordParser;
import io.mcpserver.storage.search.DocumentKeys;
import io.mcpserver.storage.search.Match;
import io.mcpserver.storage.search.SearchView;
import io.mcpserver.storage.search.WordQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers a search: asks the index, fuses what both sides found, fetches the documents. */
final class Finder {

    private static final int MOST_TEXT = 10_000;
    private static final int MOST_HITS = 100;
    private static final int FUSED = 5;
    private static final int FUSED_AT_LEAST = 50;
    private static final int PENDING_TO_WAIT_FOR = 200;
    private static final Duration PENDING_PATIENCE = Duration.ofSeconds(5);

    private final DocumentStore record;
    private final SettingsCache settings;
    private final Meaning meaning;
    private final Indexer indexer;
    private final Backfill backfill;

    Finder(DocumentStore record, SettingsCache settings, Meaning meaning, Indexer indexer, Backfill backfill) {
        this.record = record;
        this.settings = settings;
        this.meaning = meaning;
        this.indexer = indexer;
        this.backfill = backfill;
    }

    List<Hit> find(Search search) {
        check(search);
        try {
            Question question = question(search);
            if (question.vector().isPresent()) {
                awaitVectors();
            }
            return hits(search, question, indexer.read(view -> ask(view, search, question)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(ErrorCode.TIMEOUT, "The search was interrupted before it was done.", e);
        } catch (IOException e) {
            throw new StoreException(StorageFault.code(e), "The search index cannot be read: " + e.getMessage(), e);
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
        search.collection().ifPresent(CollectionNames::check);
    }

    /** Turns the text into what each side can look for. */
    private Question question(Search search) {
        Optional<WordQuery> words =
                search.mode() == Search.Mode.MEANING ? Optional.empty() : WordParser.parse(search.text());
        if (search.mode() == Search.Mode.WORDS) {
            return new Question(words, Optional.empty(), Optional.empty());
        }
        Optional<String> reason =
                search.collection().map(meaning::reasonAgainst).orElseGet(meaning::reasonWithoutModel);
        if (reason.isPresent()) {
            if (search.mode() == Search.Mode.MEANING) {
                throw new StoreException(ErrorCode.UNSUPPORTED, "Cannot search by meaning: " + reason.get() + ".");
            }
            return new Question(words, Optional.empty(), reason);
        }
        try {
            return new Question(words, Optional.of(meaning.embed(search.text())), Optional.empty());
        } catch (CodedException e) {
            if (search.mode() == Search.Mode.MEANING || e.code() != ErrorCode.UNSUPPORTED) {
                throw new StoreException(e.code(), e.getMessage(), e);
            }
            return new Question(words, Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    /** A few documents without vectors are worth waiting for, many are not. */
    private void awaitVectors() throws IOException, InterruptedException {
        int pending = indexer.read(SearchView::pending);
        if (pending > 0 && pending <= PENDING_TO_WAIT_FOR) {
            backfill.await(PENDING_PATIENCE);
        }
    }

    private List<Found> ask(SearchView view, Search search, Question question) throws IOException {
        Scope scope = new Scope(record, search, view.mostKeys());
        boolean both = question.words().isPresent() && question.vector().isPresent();
        int wanted = both ? Math.max(FUSED_AT_LEAST, FUSED * search.limit()) : search.limit();
        List<Match> byWords = new ArrayList<>();
        List<Match> byMeaning = new ArrayList<>();
        if (question.words().isPresent()) {
            byWords = scope.collect(
                    wanted, (within, window) -> view.words(question.words().get(), within, window));
        }
        if (question.vector().isPresent()) {
            byMeaning = scope.collect(
                    wanted, (within, window) -> view.meaning(question.vector().get(), within, window));
        }
        return both
                ? Found.fuse(byWords, byMeaning)
                : byMeaning.isEmpty() ? Found.of(Found.Side.WORDS, byWords) : Found.of(Found.Side.MEANING, byMeaning);
    }

    private List<Hit> hits(Search search, Question question, List<Found> found) {
        List<Hit> hits = new ArrayList<>();
        int from = 0;
        while (hits.size() < search.limit() && from < found.size()) {
            List<Found> some = found.subList(from, Math.min(found.size(), from + search.limit() - hits.size()));
            Map<String, Document> documents = load(some);
            for (Found one : some) {
                Document document = documents.get(one.best().key());
                if (document != null) {
                    hits.add(hit(search, question, one, document));
                }
            }
            from += some.size();
        }
        return hits;
    }

    private Map<String, Document> load(List<Found> found) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        found.forEach(one -> ids.computeIfAbsent(one.best().collection(), c -> new ArrayList<>())
                .add(one.best().id()));
        Map<String, Document> documents = new HashMap<>();
        ids.forEach((collection, some) -> record.load(collection, some)
                .forEach((id, document) -> documents.put(DocumentKeys.of(collection, id), document)));
        return documents;
    }

    private Hit hit(Search search, Question question, Found found, Document document) {
        Match best = found.best();
        Passages passages = Passages.of(settings.of(best.collection()), document.content());
        List<String> texts = passages.texts();
        String passage = texts.isEmpty() ? "" : texts.get(Math.min(best.passage(), texts.size() - 1));
        return new Hit(best.collection(), document, found.score(), passage, explain(search, question, found, passages));
    }

    private static Optional<String> explain(Search search, Question question, Found found, Passages passages) {
        if (!search.explain()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(found.explanation());
        question.wordsOnlyBecause()
                .ifPresent(reason -> text.append("; by words only: ").append(reason));
        if (passages.cut()) {
            text.append("; only the first ").append(Passages.MOST).append(" passages of this document are searched");
        }
        return Optional.of(text.toString());
    }

    /**
     * What is looked for.
     *
     * @param wordsOnlyBecause why there is no vector although one was wanted
     */
    private record Question(Optional<WordQuery> words, Optional<float[]> vector, Optional<String> wordsOnlyBecause) {}
}
