package io.mcpserver.storage.index;

import java.util.List;
import java.util.function.IntConsumer;

/** Tells how many of the documents, from the first, have all their passages embedded. Not for several threads. */
final class ReadyCount {

    private final List<List<String>> passages;
    private final IntConsumer ready;
    private int documents;
    private int texts;

    /**
     * @param passages of each document, in the order in which they are embedded
     * @param ready told of each new number of documents
     */
    ReadyCount(List<List<String>> passages, IntConsumer ready) {
        this.passages = passages;
        this.ready = ready;
    }

    /** @param done texts that are embedded now */
    void embedded(int done) {
        int before = documents;
        while (documents < passages.size() && texts + passages.get(documents).size() <= done) {
            texts += passages.get(documents).size();
            documents++;
        }
        if (documents > before) {
            ready.accept(documents);
        }
    }
}
