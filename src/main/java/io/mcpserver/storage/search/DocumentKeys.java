package io.mcpserver.storage.search;

/** Texts that identify documents across collections. */
public final class DocumentKeys {

    /** No name of a collection has a line break. */
    private static final char SEPARATOR = '\n';

    private DocumentKeys() {}

    public static String of(String collection, String id) {
        return collection + SEPARATOR + id;
    }

    public static String collection(String key) {
        return key.substring(0, key.indexOf(SEPARATOR));
    }

    public static String id(String key) {
        return key.substring(key.indexOf(SEPARATOR) + 1);
    }
}
