package io.mcpserver.storage;

import java.util.Optional;

/**
 * A question to the search side of a store.
 *
 * @param text what is looked for; not blank
 * @param collection all collections when empty
 * @param filter which documents may be hits
 * @param limit 1–100 hits
 * @param explain whether hits say how they were scored
 */
public record Search(String text, Optional<String> collection, Mode mode, Filter filter, int limit, boolean explain) {

    public enum Mode {
        /** Reciprocal rank fusion of the other two; falls back to words where no model is on. */
        HYBRID,
        /** BM25 over the words of the text. */
        WORDS,
        /** Cosine similarity of embeddings. */
        MEANING
    }
}
