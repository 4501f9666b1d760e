package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.lancedb.dataset.FirstPlane;

/**
 * The key of a row: a collection and an id; or the settings of a collection; or how much of the journal the dataset has.
 */
final class Keys {

    /** How much of the journal the dataset has. */
    static final String APPLIED = "\u001dapplied";

    /** Between collection and id; no collection name holds it. */
    private static final char SEPARATOR = '\u001f';

    /** What the key of a collection's settings begins with. */
    private static final char SETTINGS = '\u001e';

    private Keys() {}

    static String of(String collection, String id) {
        return collection + SEPARATOR + FirstPlane.write(id);
    }

    static String ofSettings(String collection) {
        return SETTINGS + collection;
    }

    static boolean isSettings(String key) {
        return !key.isEmpty() && key.charAt(0) == SETTINGS;
    }

    /** Whether a text is the key of a document; of what is none, nothing else may be asked. */
    static boolean isOfDocument(String key) {
        return key.indexOf(SEPARATOR) > 0;
    }

    /** Whether it names no document. */
    static boolean isInternal(String key) {
        return isSettings(key) || key.equals(APPLIED);
    }

    /** The collection of a document or of settings. */
    static String collection(String key) {
        return isSettings(key) ? key.substring(1) : key.substring(0, key.indexOf(SEPARATOR));
    }

    static String id(String key) {
        return FirstPlane.read(key.substring(key.indexOf(SEPARATOR) + 1));
    }
}
