package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a {@link DocumentStore} promises, in so few lines that one sees that they are right; times aside. */
final class StoreModel {

    /** @param content null where the id was deleted */
    private record Kept(String collection, String id, ObjectNode content, long version, long sequence) {}

    private final Map<String, TreeMap<String, Kept>> all = new TreeMap<>();
    private final Map<String, CollectionSettings> settings = new HashMap<>();
    private long sequence;

    List<Saved> save(String collection, List<DocumentToSave> documents) {
        List<Saved> saved = new ArrayList<>();
        for (DocumentToSave document : documents) {
            Kept before = ids(collection).get(document.id());
            long version = before == null ? 1 : before.version() + 1;
            put(new Kept(collection, document.id(), document.content(), version, ++sequence));
            saved.add(new Saved(document.id(), version, before == null || before.content() == null));
        }
        return saved;
    }

    boolean conflicts(String collection, List<DocumentToSave> documents) {
        return documents.stream()
                .anyMatch(document -> document.expectedVersion().orElseThrow() != version(collection, document.id()));
    }

    /** 0 where there is no document. */
    long version(String collection, String id) {
        Kept kept = ids(collection).get(id);
        return kept == null || kept.content() == null ? 0 : kept.version();
    }

    long delete(String collection, List<String> ids) {
        long deleted = 0;
        for (String id : new LinkedHashSet<>(ids)) {
            if (version(collection, id) > 0) {
                put(new Kept(collection, id, null, version(collection, id), ++sequence));
                deleted++;
            }
        }
        return deleted;
    }

    long delete(String collection, Filter filter) {
        return delete(
                collection,
                select(collection, filter).stream()
                        .sorted(SortKey::compareByCodePoint)
                        .toList());
    }

    List<String> select(String collection, Filter filter) {
        return ids(collection).values().stream()
                .filter(kept -> kept.content() != null && FilterMatcher.matches(filter, document(kept)))
                .map(Kept::id)
                .toList();
    }

    void configure(String collection, CollectionSettings changed) {
        settings.put(collection, changed);
    }

    CollectionSettings settings(String collection) {
        return settings.getOrDefault(collection, CollectionSettings.NONE);
    }

    long sequence() {
        return sequence;
    }

    void checkCollections(List<CollectionInfo> infos) {
        List<String> names = all.keySet().stream()
                .filter(name -> !select(name, Filter.ALL).isEmpty())
                .toList();
        assertThat(infos).extracting(CollectionInfo::name).isEqualTo(names);
        for (CollectionInfo info : infos) {
            List<ObjectNode> contents = ids(info.name()).values().stream()
                    .map(Kept::content)
                    .filter(content -> content != null)
                    .toList();
            assertThat(info.documents()).isEqualTo(contents.size());
            assertThat(info.settings()).isEqualTo(settings(info.name()));
            // As given or as loaded: -0.0 comes back as 0.0.
            long given = contents.stream()
                    .mapToLong(content -> DocumentJson.size(content.toString()))
                    .sum();
            long loaded = contents.stream()
                    .mapToLong(content -> DocumentJson.size(
                            DocumentJson.read(content.toString()).toString()))
                    .sum();
            assertThat(info.bytes()).isBetween(Math.min(given, loaded), Math.max(given, loaded));
        }
    }

    void check(Map<String, Document> loaded, String collection, List<String> ids) {
        List<String> expected = new LinkedHashSet<>(ids)
                .stream().filter(id -> version(collection, id) > 0).toList();
        assertThat(loaded.keySet()).containsExactlyElementsOf(expected);
        loaded.values().forEach(document -> check(document, collection));
    }

    void checkSelected(List<Document> found, String collection, Filter filter) {
        assertThat(found).extracting(Document::id).containsExactlyInAnyOrderElementsOf(select(collection, filter));
        found.forEach(document -> check(document, collection));
    }

    void checkChanges(List<Change> changes, long after) {
        List<Kept> expected = all.values().stream()
                .flatMap(ids -> ids.values().stream())
                .filter(kept -> kept.sequence() > after)
                .sorted(Comparator.comparingLong(Kept::sequence))
                .toList();
        assertThat(changes)
                .extracting(change -> change.sequence() + " " + change.collection() + " " + change.id())
                .isEqualTo(expected.stream()
                        .map(kept -> kept.sequence() + " " + kept.collection() + " " + kept.id())
                        .toList());
        for (int i = 0; i < changes.size(); i++) {
            Optional<Document> document = changes.get(i).document();
            assertThat(document.isPresent()).isEqualTo(expected.get(i).content() != null);
            String collection = changes.get(i).collection();
            document.ifPresent(one -> check(one, collection));
        }
    }

    private void check(Document document, String collection) {
        Kept kept = ids(collection).get(document.id());
        assertThat(document.version()).as(document.id()).isEqualTo(kept.version());
        assertThat(document.content().toString())
                .as(document.id())
                .isEqualTo(DocumentJson.read(kept.content().toString()).toString());
        assertThat(document.updated()).as(document.id()).isAfterOrEqualTo(document.created());
    }

    private static Document document(Kept kept) {
        return new Document(kept.id(), kept.content(), kept.version(), Instant.EPOCH, Instant.EPOCH);
    }

    private TreeMap<String, Kept> ids(String collection) {
        return all.computeIfAbsent(collection, name -> new TreeMap<>());
    }

    private void put(Kept kept) {
        ids(kept.collection()).put(kept.id(), kept);
    }
}
