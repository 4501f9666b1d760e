package io.mcpserver.data.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.data.lines.BadLineException;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.data.lines.StoreLineText;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentRules;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoredDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings some lines into a store: a document that is there already is passed over, one that is there in another state is
 * replaced or kept, and told.
 */
final class LineImport {

    /** Documents of the largest size that fit into one load. */
    private static final int LOADED = DocumentRules.MAX_BATCH_BYTES / DocumentRules.MAX_CONTENT_BYTES;

    private final DocumentStore store;
    private final boolean replace;

    LineImport(DocumentStore store, boolean replace) {
        this.store = store;
        this.replace = replace;
    }

    /** @return {@code {saved, unchanged, settings, kept: [{collection, id}]}} */
    String run(String lines) {
        Map<String, StoredDocument> documents = new LinkedHashMap<>();
        long settings = 0;
        for (String text : (Iterable<String>) lines.lines()::iterator) {
            switch (read(text)) {
                case StoreLine.Settings one -> settings += configure(one) ? 1 : 0;
                case StoreLine.Stored(StoredDocument document) -> documents.put(key(document), document);
            }
        }
        Set<String> same = same(documents);
        List<StoredDocument> others = documents.entrySet().stream()
                .filter(entry -> !same.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        List<StoredDocument> kept = adopt(others);
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("saved", others.size() - kept.size())
                .put("unchanged", same.size())
                .put("settings", settings);
        ArrayNode array = report.putArray("kept");
        kept.forEach(document ->
                array.addObject().put("collection", document.collection()).put("id", document.id()));
        return report.toString();
    }

    /** Keeps what the collection has been given already, unless it shall be replaced. */
    private boolean configure(StoreLine.Settings line) {
        CollectionSettings here = store.settings(line.collection());
        CollectionSettings given = line.settings();
        CollectionSettings wanted = new CollectionSettings(
                here.model().or(given::model),
                here.textFields().isEmpty() || replace ? given.textFields() : here.textFields());
        if (wanted.equals(here)) {
            return false;
        }
        store.configure(line.collection(), wanted);
        return true;
    }

    private Set<String> same(Map<String, StoredDocument> documents) {
        Map<String, List<StoredDocument>> collections = documents.values().stream()
                .collect(Collectors.groupingBy(StoredDocument::collection, LinkedHashMap::new, Collectors.toList()));
        Set<String> same = new HashSet<>();
        collections.forEach((collection, all) -> {
            for (int from = 0; from < all.size(); from += LOADED) {
                List<StoredDocument> some = all.subList(from, Math.min(all.size(), from + LOADED));
                Map<String, Document> here = store.load(
                        collection, some.stream().map(StoredDocument::id).toList());
                some.stream()
                        .filter(document -> isSame(document, here.get(document.id())))
                        .forEach(document -> same.add(key(document)));
            }
        });
        return same;
    }

    private static boolean isSame(StoredDocument given, Document here) {
        return given.deleted()
                ? here == null
                : here != null && here.content().equals(given.content().orElseThrow());
    }

    /** Returns those that stayed as they were. */
    private List<StoredDocument> adopt(List<StoredDocument> documents) {
        // One collection at a time, so that the ids that come back are unique.
        Map<String, List<StoredDocument>> collections = documents.stream()
                .collect(Collectors.groupingBy(StoredDocument::collection, LinkedHashMap::new, Collectors.toList()));
        List<StoredDocument> kept = new ArrayList<>();
        collections.values().forEach(some -> {
            Map<String, Saved> taken =
                    store.adopt(some, replace).stream().collect(Collectors.toMap(Saved::id, Function.identity()));
            some.stream().filter(document -> !taken.containsKey(document.id())).forEach(kept::add);
        });
        return kept;
    }

    private static StoreLine read(String text) {
        try {
            return StoreLineText.read(text);
        } catch (BadLineException e) {
            throw new StoreException(ErrorCode.INVALID_ARGUMENT, "A line " + e.getMessage() + ".", e);
        }
    }

    private static String key(StoredDocument document) {
        return document.collection() + '\u001f' + document.id();
    }
}
