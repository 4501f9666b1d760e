package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.storage.duckdb.DuckDbStoreFactory;
import io.mcpserver.storage.index.Shelf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine gives that has no salvage of its own. */
class SnapshotSalvageTest {

    @TempDir
    Path directory;

    @Test
    void allOfAStoreIsFoundGoodAndTheStoreIsClosedWithIt() {
        DocumentStore store = open();
        store.save("notes", List.of(new DocumentToSave("a", JsonNodeFactory.instance.objectNode())));
        store.save("notes", List.of(new DocumentToSave("b", JsonNodeFactory.instance.objectNode())));
        store.delete("notes", List.of("b"));
        store.configure("notes", new CollectionSettings(Optional.empty(), List.of("title")));
        List<StoreSalvage.Found> found = new ArrayList<>();
        try (StoreSalvage salvage = new SnapshotSalvage(store)) {
            assertThat(salvage.faults()).isEmpty();
            assertThat(salvage.settings()).containsOnlyKeys("notes");
            for (List<StoreSalvage.Found> some = salvage.next(); !some.isEmpty(); some = salvage.next()) {
                found.addAll(some);
            }
        }
        assertThat(found).hasSize(2).allSatisfy(one -> assertThat(one).isInstanceOf(StoreSalvage.Found.Good.class));
        try (DocumentStore again = open()) {
            assertThat(again.load("notes", List.of("a"))).hasSize(1);
        }
    }

    private DocumentStore open() {
        return new DuckDbStoreFactory()
                .open(Shelf.config("duckdb", directory, Shelf.NO_MODEL).storage(), ChangeListener.NONE);
    }
}
