package io.mcpserver.storage.lancedb;

import com.carrotsearch.hppc.LongLongHashMap;
import io.mcpserver.storage.lancedb.dataset.KeyHash;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lance.Dataset;
import org.lance.Fragment;

/**
 * Where the rows of the newest version of the dataset are: Lance takes three quarters of a load to find that out by its
 * index. Of a key only the hash is kept, so whoever reads at a place looks whether the row is the one that was wanted; a
 * key without a place is not in the dataset. A dataset with too many rows for the heap has to be asked itself.
 *
 * <p>One thread follows the versions, any number ask.
 */
final class Places {

    private static final System.Logger LOG = System.getLogger(Places.class.getName());

    private static final long NONE = -1;

    /** Bytes of the heap for one row, at most: two numbers, in a table that is at least three eighths full. */
    private static final int BYTES_A_ROW = 48;

    /** They may take one part of so many of the heap. */
    private static final int SHARE_OF_HEAP = 16;

    private final long most;
    private LongLongHashMap rowIds = new LongLongHashMap();
    private long version = NONE;

    /** Those of which all rows are in here. */
    private Set<Integer> fragments = Set.of();

    Places() {
        this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / BYTES_A_ROW);
    }

    /** @param most rows */
    Places(long most) {
        this.most = most;
    }

    /**
     * The places of those keys that may be in the dataset; empty if nothing is known of a version.
     *
     * @param keys none twice
     */
    synchronized Optional<List<RowReader.Wanted>> find(long asked, Collection<String> keys) {
        if (asked != version) {
            return Optional.empty();
        }
        List<RowReader.Wanted> found = new ArrayList<>(keys.size());
        for (String key : keys) {
            int slot = rowIds.indexOf(KeyHash.of(key));
            if (rowIds.indexExists(slot)) {
                found.add(new RowReader.Wanted(key, rowIds.indexGet(slot)));
            }
        }
        return Optional.of(found);
    }

    /** Reads what is new in a version: each row that was written or moved is in a fragment that was not there before. */
    void follow(Snapshot newer) {
        Dataset dataset = newer.dataset();
        try {
            if (dataset.countRows() > most) {
                forget();
                return;
            }
            Set<Integer> now =
                    dataset.getFragments().stream().map(Fragment::getId).collect(Collectors.toSet());
            List<Integer> fresh = begin(now);
            if (!fresh.isEmpty()) {
                read(newer, fresh);
            }
            end(newer.version(), now);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The places of documents are looked up one by one: {0}", e.getMessage());
            forget();
        }
    }

    /** Knows nothing any more. */
    synchronized void forget() {
        version = NONE;
        fragments = Set.of();
        rowIds = new LongLongHashMap();
    }

    private synchronized List<Integer> begin(Set<Integer> now) {
        version = NONE;
        return now.stream().filter(fragment -> !fragments.contains(fragment)).toList();
    }

    private void read(Snapshot newer, List<Integer> fresh) {
        try (View view = View.of(newer)) {
            RowReader.scan(view, List.of(Columns.KEY), fresh, RowReader.SMALL_COLUMNS, batch -> {
                put(batch);
                return true;
            });
        }
    }

    private synchronized void put(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            rowIds.put(KeyHash.of(batch.key(i)), batch.rowId(i));
        }
    }

    private synchronized void end(long newest, Set<Integer> now) {
        version = newest;
        fragments = now;
    }
}
