package io.mcpserver.storage.index;

import io.mcpserver.embedding.Embedder;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentRules;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Passages;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Decides which collections have vectors, and makes them: those of no model and those of the configured one. */
final class Meaning implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Meaning.class.getName());

    /**
     * Passages that a save embeds before it is acknowledged: seconds of work, so that a call with many documents ends
     * within its deadline. What is more is found by words at once, and by meaning as soon as it is embedded.
     */
    static final int PASSAGES_A_SAVE = 200;

    /** Passages between two words on how far a save is: about a second of work. */
    private static final int PASSAGES_AT_A_TIME = 25;

    private final SettingsCache settings;
    private final Optional<Embedder> embedder;
    private final Set<String> toldOf = ConcurrentHashMap.newKeySet();

    Meaning(SettingsCache settings, Optional<Embedder> embedder) {
        this.settings = settings;
        this.embedder = embedder;
    }

    /** Why a collection has no vectors of the configured model; empty if it has, or may have. */
    Optional<String> reasonAgainst(String collection) {
        return embedder.isEmpty() ? reasonWithoutModel() : reasonAgainst(collection, settings.of(collection));
    }

    /** Why nothing can be found by meaning at all. */
    Optional<String> reasonWithoutModel() {
        return embedder.isPresent()
                ? Optional.empty()
                : Optional.of("search by meaning is switched off: set embedding.model to the name of a model");
    }

    private Optional<String> reasonAgainst(String collection, CollectionSettings rules) {
        return rules.model()
                .filter(model -> !model.equals(configured()))
                .map(model -> ("collection '%s' was embedded with the model %s, and embedding.model is %s: set"
                                + " embedding.model to %s, or save the documents into another collection")
                        .formatted(collection, model.name(), configured().name(), model.name()));
    }

    /** Whether documents of a collection are to have vectors. */
    boolean appliesTo(CollectionSettings rules) {
        return embedder.isPresent() && rules.model().map(configured()::equals).orElse(true);
    }

    private CollectionSettings.Model configured() {
        Embedder model = embedder.orElseThrow();
        return new CollectionSettings.Model(model.model(), model.dimension());
    }

    /** The vector of a question. */
    float[] embed(String text) {
        return embedder.orElseThrow().embed(List.of(text)).getFirst();
    }

    /**
     * Gives documents their vectors and records the model with the collection.
     *
     * <p>Where the model cannot be loaded the documents stay as they are, and get their vectors when
     * it can.
     *
     * @param ready told how many documents have their vectors, or will get them later
     */
    List<DocumentToSave> embed(String collection, List<DocumentToSave> documents, IntConsumer ready) {
        if (embedder.isEmpty() || documents.isEmpty() || documents.size() > DocumentRules.MAX_BATCH) {
            return documents;
        }
        CollectionSettings rules = settings.of(collection);
        Optional<String> reason = reasonAgainst(collection, rules);
        if (reason.isPresent()) {
            if (toldOf.add(collection)) {
                LOG.log(Level.WARNING, "New documents are found by words only: {0}.", reason.get());
            }
            return documents;
        }
        try {
            List<DocumentToSave> embedded = vectors(rules, documents, ready);
            recordModel(collection);
            return embedded;
        } catch (CodedException e) {
            if (e.code() != ErrorCode.UNSUPPORTED) {
                throw e;
            }
            LOG.log(Level.WARNING, "New documents are found by words only for now: {0}", e.getMessage());
            return documents;
        }
    }

    /** Embeds documents as long as there is room for all passages of one; the others stay as they are. */
    private List<DocumentToSave> vectors(CollectionSettings rules, List<DocumentToSave> documents, IntConsumer ready) {
        List<List<String>> passages = new ArrayList<>();
        int room = PASSAGES_A_SAVE;
        for (DocumentToSave document : documents) {
            List<String> texts = Passages.of(rules, document.content()).texts();
            boolean fits = texts.size() <= room;
            room -= fits ? texts.size() : 0;
            passages.add(fits ? texts : List.of());
        }
        ReadyCount count = new ReadyCount(passages, ready);
        List<List<float[]>> vectors = embed(passages, PASSAGES_AT_A_TIME, () -> false, count::embedded);
        List<DocumentToSave> embedded = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            embedded.add(documents.get(i).withVectors(vectors.get(i)));
        }
        return embedded;
    }

    /**
     * One list of vectors for each list of texts.
     *
     * @param atATime texts that are embedded in one go
     * @param givenUp asked before each go; once true the answer is empty
     * @param embedded told after each go how many texts are embedded
     */
    List<List<float[]>> embed(List<List<String>> passages, int atATime, BooleanSupplier givenUp, IntConsumer embedded) {
        List<String> texts = passages.stream().flatMap(List::stream).toList();
        List<float[]> all = new ArrayList<>(texts.size());
        while (all.size() < texts.size()) {
            if (givenUp.getAsBoolean()) {
                return List.of();
            }
            all.addAll(embedder.orElseThrow()
                    .embed(texts.subList(all.size(), Math.min(texts.size(), all.size() + atATime))));
            embedded.accept(all.size());
        }
        return grouped(passages, all);
    }

    private static List<List<float[]>> grouped(List<List<String>> passages, List<float[]> all) {
        List<List<float[]>> grouped = new ArrayList<>();
        int from = 0;
        for (List<String> texts : passages) {
            grouped.add(List.copyOf(all.subList(from, from + texts.size())));
            from += texts.size();
        }
        return grouped;
    }

    /** Records the configured model with a collection that has none. */
    synchronized void recordModel(String collection) {
        CollectionSettings rules = settings.of(collection);
        if (rules.model().isEmpty()) {
            settings.set(collection, new CollectionSettings(Optional.of(configured()), rules.textFields()));
        }
    }

    @Override
    public void close() {
        embedder.ifPresent(Embedder::close);
    }
}
