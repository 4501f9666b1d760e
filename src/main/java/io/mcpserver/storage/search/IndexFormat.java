package io.mcpserver.storage.search;

/**
 * What an index in a folder says about itself.
 *
 * @param version of its form, or "" where there is no index
 * @param model the embedding model that its vectors were made with, or {@code none}
 * @param sequence the newest change that is certainly in the index
 */
public record IndexFormat(String version, String model, long sequence) {

    /** Of a folder without an index. */
    public static final IndexFormat MISSING = new IndexFormat("", "", 0);
}
