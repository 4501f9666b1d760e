package io.mcpserver.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Makes the collection hold what some files hold: compares, saves the difference, deletes what vanished. */
final class FileSync {

    /** Documents in one call of the store, between which the import can be stopped. */
    private static final int CALL = 50;

    /** Documents deleted in one call. */
    private static final int DELETED = 1_000;

    /** Ids asked for at once beyond the end of a file. */
    private static final int AHEAD = 50;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What was done.
     *
     * @param changedFiles files of which something was saved or deleted
     * @param unfinishedFiles files that were not looked at, because the import was stopped
     */
    record Done(long saved, long deleted, int changedFiles, int unfinishedFiles) {}

    private final DocumentStore store;
    private final String collection;
    private final BooleanSupplier stopped;

    FileSync(DocumentStore store, String collection, BooleanSupplier stopped) {
        this.store = store;
        this.collection = collection;
        this.stopped = stopped;
    }

    Done sync(List<FileDocuments> files) {
        List<DocumentToSave> all =
                files.stream().flatMap(file -> file.documents().stream()).toList();
        Set<String> changed = new HashSet<>();
        long saved = 0;
        for (int from = 0; from < all.size() && !stopped.getAsBoolean(); from += CALL) {
            List<DocumentToSave> different = different(all.subList(from, Math.min(from + CALL, all.size())));
            if (!different.isEmpty()) {
                saved += store.save(collection, different).size();
                different.forEach(document -> changed.add(document.id()));
            }
        }
        long deleted = 0;
        int changedFiles = 0;
        int unfinished = 0;
        for (FileDocuments file : files) {
            boolean stop = stopped.getAsBoolean();
            long vanished = stop ? 0 : deleteVanished(file);
            deleted += vanished;
            if (vanished > 0 || file.documents().stream().anyMatch(document -> changed.contains(document.id()))) {
                changedFiles++;
            } else if (stop) {
                unfinished++;
            }
        }
        return new Done(saved, deleted, changedFiles, unfinished);
    }

    private List<DocumentToSave> different(List<DocumentToSave> documents) {
        Map<String, Document> there = store.load(
                collection, documents.stream().map(DocumentToSave::id).toList());
        return documents.stream()
                .filter(document -> !there.containsKey(document.id())
                        || !same(document.content(), there.get(document.id()).content()))
                .toList();
    }

    /** Compares as the store's JSON does: a number is the same whatever type of number holds it. */
    private static boolean same(ObjectNode one, ObjectNode other) {
        return one.equals(other) || plain(one).equals(plain(other));
    }

    private static JsonNode plain(ObjectNode content) {
        try {
            return JSON.readTree(content.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that cannot be read back", e);
        }
    }

    /** Parts are numbered without gaps, so those of a longer, earlier version follow the last one. */
    private long deleteVanished(FileDocuments file) {
        List<String> vanished = new ArrayList<>();
        int place = file.numbered();
        Set<String> own = new HashSet<>();
        file.documents().forEach(document -> own.add(document.id()));
        while (true) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < AHEAD; i++) {
                place++;
                ids.add(PartIds.of(file.source(), place));
            }
            Map<String, Document> there = store.load(collection, ids);
            there.keySet().stream().filter(id -> !own.contains(id)).forEach(vanished::add);
            if (there.size() < AHEAD) {
                return deleteFromTheEnd(vanished);
            }
        }
    }

    /** Stopped in between, it leaves no gap in the numbers that the next import would not look beyond. */
    private long deleteFromTheEnd(List<String> ids) {
        long deleted = 0;
        for (int to = ids.size(); to > 0; to -= DELETED) {
            deleted += store.delete(collection, ids.subList(Math.max(0, to - DELETED), to));
        }
        return deleted;
    }
}
