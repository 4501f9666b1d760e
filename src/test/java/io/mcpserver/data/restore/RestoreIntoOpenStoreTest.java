package io.mcpserver.data.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.data.backup.Backup;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.data.desk.DeskLine;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.index.Shelf;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore while a server has the store open. */
class RestoreIntoOpenStoreTest {

    @TempDir
    Path folder;

    private Shelf shelf;
    private ServerConfig.Storage config;
    private DataDesk desk;

    @BeforeEach
    void open() {
        config = Shelf.config("duckdb", folder.resolve("data"), Shelf.NO_MODEL).storage();
        shelf = Shelf.open(config.path(), Shelf.NO_MODEL);
        desk = new DataDesk(config, shelf.service());
        shelf.save("a", "a red apple");
    }

    @AfterEach
    void close() {
        desk.close();
        shelf.close();
    }

    @Test
    void theStoreChangesOverAndWhoListensHearsOfAllOfIt() {
        Path file = folder.resolve("backup.tar.gz");
        Backup backup = Backup.make(new DeskLine(desk, "here"), file, Optional.empty(), Steps.NONE, () -> false)
                .orElseThrow();
        shelf.save("a", "a green pear");
        shelf.save("later", "b", Shelf.text("a blue plum"));
        List<Change> heard = new CopyOnWriteArrayList<>();
        shelf.service().listen(heard::addAll);

        Optional<Path> kept = Restore.run(
                config,
                file,
                Optional.empty(),
                backup.manifest(),
                name -> desk.answer(Operation.SWAP, name),
                Steps.NONE,
                () -> false);

        assertThat(shelf.store().collections()).singleElement().satisfies(notes -> assertThat(notes.documents())
                .isEqualTo(1));
        assertThat(shelf.words("apple")).containsExactly("a");
        assertThat(shelf.words("pear")).isEmpty();
        assertThat(heard).extracting(Change::collection).contains("notes", "later");
        assertThat(heard).extracting(Change::id).contains("a");
        shelf.save("c", "saved in the new store");
        assertThat(shelf.words("new")).containsExactly("c");
        assertThat(kept.orElseThrow().resolve("documents.duckdb")).exists();
    }

    @Test
    void withoutAStoreThatIsReadyNothingIsChangedOver() {
        StoreException refusal =
                catchThrowableOfType(StoreException.class, () -> desk.answer(Operation.SWAP, "before-x"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(shelf.words("apple")).containsExactly("a");
    }
}
