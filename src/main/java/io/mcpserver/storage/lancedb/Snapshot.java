package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.lancedb.dataset.OpenVersion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.lance.Dataset;

/** One version of the documents, of which the places of the rows may be known. */
final class Snapshot extends OpenVersion {

    private final Places places;

    /** Of a version whose places nobody knows. */
    Snapshot(Dataset dataset) {
        this(dataset, new Places());
    }

    Snapshot(Dataset dataset, Places places) {
        super(dataset);
        this.places = places;
    }

    /** Where those of some keys are that may be there; empty if that is not known. */
    Optional<List<RowReader.Wanted>> places(Collection<String> keys) {
        return places.find(version(), keys);
    }
}
