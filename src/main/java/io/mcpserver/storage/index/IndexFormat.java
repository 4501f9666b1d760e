package io.mcpserver.storage.index;

import java.util.Map;

/**
 * What a Lucene commit says about itself.
 *
 * @param sequence the newest change that is certainly in the index
 * @param model the embedding model that its vectors were made with, or {@code none}
 */
record IndexFormat(String version, String model, long sequence) {

    /** Grows when fields, passages or analysis change; an index of another version is rebuilt. */
    static final String VERSION = "1";

    private static final String VERSION_KEY = "version";
    private static final String MODEL_KEY = "model";
    private static final String SEQUENCE_KEY = "sequence";

    static IndexFormat current(String model, long sequence) {
        return new IndexFormat(VERSION, model, sequence);
    }

    /** Reads what a commit recorded; a commit without a format has version "". */
    static IndexFormat of(Map<String, String> commit) {
        return new IndexFormat(
                commit.getOrDefault(VERSION_KEY, ""),
                commit.getOrDefault(MODEL_KEY, ""),
                Long.parseLong(commit.getOrDefault(SEQUENCE_KEY, "0")));
    }

    Map<String, String> toCommit() {
        return Map.of(VERSION_KEY, version, MODEL_KEY, model, SEQUENCE_KEY, Long.toString(sequence));
    }
}
