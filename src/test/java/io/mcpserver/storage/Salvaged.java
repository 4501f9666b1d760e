package io.mcpserver.storage;

import io.mcpserver.storage.StoreSalvage.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a salvage gives.
 *
 * @param documents that can be used, by {@code COLLECTION/ID}; deleted ids too
 * @param mended why, by the same
 * @param lost in words
 */
public record Salvaged(
        Map<String, StoredDocument> documents,
        Map<String, String> mended,
        List<Found.Lost> lost,
        List<String> faults,
        List<String> derivedFaults,
        Map<String, CollectionSettings> settings) {

    /** Reads and closes it. */
    public static Salvaged of(StoreSalvage salvage) {
        try (salvage) {
            Salvaged all = new Salvaged(
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new ArrayList<>(),
                    salvage.faults(),
                    salvage.derivedFaults(),
                    salvage.settings());
            for (List<Found> some = salvage.next(); !some.isEmpty(); some = salvage.next()) {
                some.forEach(all::add);
            }
            return all;
        }
    }

    /** Where what was lost was. */
    public List<String> places() {
        return lost.stream().map(Found.Lost::where).toList();
    }

    public StoredDocument note(String id) {
        return documents.get("notes/" + id);
    }

    private void add(Found found) {
        switch (found) {
            case Found.Good(StoredDocument document) -> put(document);
            case Found.Mended(StoredDocument document, String why) -> {
                put(document);
                mended.put(document.collection() + "/" + document.id(), why);
            }
            case Found.Lost one -> lost.add(one);
        }
    }

    private void put(StoredDocument document) {
        String key = document.collection() + "/" + document.id();
        if (documents.put(key, document) != null) {
            throw new AssertionError(key + " was given twice");
        }
    }
}
