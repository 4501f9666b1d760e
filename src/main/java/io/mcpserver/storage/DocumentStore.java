package io.mcpserver.storage;

import io.mcpserver.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The documents of one server, grouped in named collections.
 *
 * <p>Collections: 1–128 characters of {@code A–Z a–z 0–9 _ . -}, beginning with a letter or digit;
 * they come into being with their first document and go with their last.
 *
 * <p>Threads: safe for any number of callers. Durability: when a write returns, it survives
 * {@code kill -9} and a power cut. Closing: idempotent; waits for writes that were begun; later calls
 * throw {@link StoreException} with {@code STORE_UNAVAILABLE}. A thread that is interrupted before or while it
 * waits stays interrupted and gets {@code TIMEOUT} from a read and from a write that had not begun and
 * was withdrawn, and {@code OUTCOME_UNKNOWN} from a write that had begun. Every engine passes
 * {@code DocumentStoreContract}; a promise made here that the contract does not test is a bug in the
 * contract.
 */
public interface DocumentStore extends AutoCloseable {

    /** What this engine can do; constant for the life of the store. */
    default Set<StoreFeature> features() {
        return Set.of();
    }

    /**
     * Inserts or replaces documents by id, all or none.
     *
     * @param documents at most 10,000, ids unique within the call; empty is a no-op. The limits are those
     *     of {@link DocumentRules}
     * @return the new version of each, in the order given
     * @throws StoreException {@code CONFLICT} if an expected version no longer holds; {@code
     *     INVALID_ARGUMENT} for a bad collection, id or content; {@code TOO_LARGE}; {@code DISK_FULL}, {@code STORE_READ_ONLY}:
     *     nothing was saved; {@code OUTCOME_UNKNOWN} if the commit was not acknowledged: read before
     *     retrying
     */
    List<Saved> save(String collection, List<DocumentToSave> documents);

    /**
     * As {@link #save(String, List)}, for a caller that wants to know how far the call is.
     *
     * @param ready told how many documents are ready to be written, each time more than before and at most all, where
     *     making them ready takes time; never told that any is written. On the thread of the caller; must not throw
     */
    default List<Saved> save(String collection, List<DocumentToSave> documents, IntConsumer ready) {
        return save(collection, documents);
    }

    /**
     * Reads documents by id.
     *
     * @param ids at most 10,000
     * @return the documents that exist, by id, in the order asked for; ids that do not exist are absent
     * @throws StoreException {@code TOO_LARGE} if the documents together have more than {@link
     *     DocumentRules#MAX_BATCH_BYTES}
     */
    Map<String, Document> load(String collection, List<String> ids);

    /**
     * Deletes documents by id, all or none; ids that do not exist are passed over.
     *
     * @return how many were deleted
     */
    long delete(String collection, List<String> ids);

    /**
     * Deletes what a filter selects, all or none.
     *
     * @return how many were deleted
     */
    long delete(String collection, Filter filter);

    /**
     * One page of the documents that a filter selects; an unknown collection is empty.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} for a bad path, limit or cursor
     */
    Query.Page query(Query query);

    /** How many documents a filter selects. */
    long count(String collection, Filter filter);

    /**
     * The ids that a filter selects, in any order.
     *
     * @param most how many at most
     */
    default List<String> ids(String collection, Filter filter, int most) {
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Query.Page page = query(new Query(collection, filter, List.of(), 1_000, cursor));
            page.documents().stream().map(Document::id).forEach(ids::add);
            cursor = page.nextCursor();
        } while (cursor.isPresent() && ids.size() < most);
        return ids.size() > most ? ids.subList(0, most) : ids;
    }

    /**
     * Best matches first.
     *
     * @throws StoreException {@code UNSUPPORTED} without {@link StoreFeature#SEARCH}
     */
    default List<Hit> search(Search search) {
        throw new StoreException(ErrorCode.UNSUPPORTED, "This storage engine has no search; an index adds it.");
    }

    /** All collections that hold a document, by name. */
    List<CollectionInfo> collections();

    /** The settings of a collection; {@link CollectionSettings#NONE} for an unknown one. */
    CollectionSettings settings(String collection);

    /** Replaces the settings of a collection, which need not hold a document yet; durable. */
    void configure(String collection, CollectionSettings settings);

    /**
     * Changes since a sequence, oldest first: at most one for an id, its newest. With {@code after} 0
     * these are all documents and all deletions.
     *
     * @param limit 1–10,000; large documents may make it fewer, but none only when there is none left
     */
    List<Change> changes(long after, int limit);

    /**
     * All that the store holds now, to be read while it goes on writing.
     *
     * @throws StoreException {@code UNSUPPORTED} where the engine cannot do that yet
     */
    default StoreSnapshot snapshot() {
        throw new StoreException(ErrorCode.UNSUPPORTED, "This storage engine cannot be read at one instant yet.");
    }

    /**
     * Takes documents over as another store held them, with version and times, all or none. An id that was here before,
     * also one that was deleted, keeps its promise: its new version is the one given, or the next after its last where
     * that is higher.
     *
     * @param documents as for {@link #save}: at most 10,000, no id twice within a collection, and the limits of {@link
     *     DocumentRules}
     * @param replace whether documents that are here are replaced; else they stay as they are
     * @return what was taken over, in the order given, without what stayed as it was
     * @throws StoreException as {@link #save} does; {@code UNSUPPORTED} where the engine cannot do that yet
     */
    default List<Saved> adopt(List<StoredDocument> documents, boolean replace) {
        throw new StoreException(ErrorCode.UNSUPPORTED, "This storage engine cannot take documents over yet.");
    }

    /**
     * Figures of the engine's own, by a name in snake case that never changes; a handful, cheap to count. Empty where it
     * has none to tell.
     */
    default Map<String, Long> figures() {
        return Map.of();
    }

    /** The sequence of the newest durable change; 0 for an empty, new store. */
    long sequence();

    /** Bytes of memory that the engine holds outside of the Java heap; empty where it does not tell. */
    default OptionalLong nativeBytes() {
        return OptionalLong.empty();
    }

    @Override
    void close();
}
