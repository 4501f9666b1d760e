package io.mcpserver.storage.index;

import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The settings of collections, which every save and every hit needs; all changes go through here. */
final class SettingsCache {

    private static final int MOST = 1_000;

    private final DocumentStore record;
    private final Map<String, CollectionSettings> known = new ConcurrentHashMap<>();

    SettingsCache(DocumentStore record) {
        this.record = record;
    }

    CollectionSettings of(String collection) {
        if (known.size() > MOST) {
            known.clear();
        }
        return known.computeIfAbsent(collection, record::settings);
    }

    synchronized void set(String collection, CollectionSettings settings) {
        record.configure(collection, settings);
        known.put(collection, settings);
    }
}
