package io.mcpserver.data.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.data.backup.Backup;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.data.desk.DeskLine;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.SwapClaim;
import io.mcpserver.storage.index.Shelf;
import io.mcpserver.storage.service.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Test
    void aStoreThatIsNotCompleteOrOfAnotherEngineIsNotTaken() throws IOException {
        Path ready = ready();
        try (Shelf other = Shelf.open("tinydb", ready, Shelf.NO_MODEL)) {
            other.save("b", "a blue plum");
        }
        StoreException wrong =
                catchThrowableOfType(StoreException.class, () -> desk.answer(Operation.SWAP, "before-x"));
        assertThat(wrong.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(wrong).hasMessageContainingAll("tinydb", "duckdb", "stays as it is");

        Files.delete(ready.resolve("store.json"));
        StoreException half = catchThrowableOfType(StoreException.class, () -> desk.answer(Operation.SWAP, "before-x"));
        assertThat(half.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(half).hasMessageContaining("No complete store");

        assertThat(shelf.words("apple")).containsExactly("a");
        assertThat(config.path().resolve("before-x")).doesNotExist();
    }

    @Test
    void aServerThatDidNotAnswerGetsNoStoreAnyMoreWhenTheRestoreHasGivenUp() {
        Path file = folder.resolve("backup.tar.gz");
        Backup backup = backup(file);
        shelf.save("later", "a blue plum");

        StoreException givenUp = catchThrowableOfType(
                StoreException.class,
                () -> restore(file, backup, kept -> {
                    throw lost();
                }));
        assertThat(givenUp.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(givenUp).hasMessageContainingAll("the old one is in use", "the connection was lost");

        // The question comes late, and to a store that another restore is making.
        StoreException late =
                catchThrowableOfType(StoreException.class, () -> desk.answer(Operation.SWAP, "before-late"));
        assertThat(late).hasMessageContaining("No complete store");
        assertThat(shelf.words("plum")).containsExactly("later");
        assertThat(restore(file, backup, name -> desk.answer(Operation.SWAP, name)))
                .isPresent();
        assertThat(shelf.words("plum")).isEmpty();
    }

    @Test
    void whatAServerHasTakenIsLeftToItAndFinishedByItsNextStart() throws IOException {
        Path file = folder.resolve("backup.tar.gz");
        Backup backup = backup(file);
        shelf.save("later", "a blue plum");
        shelf.close();

        StoreException unknown = catchThrowableOfType(
                StoreException.class,
                () -> restore(file, backup, kept -> {
                    begin(kept);
                    throw lost();
                }));
        assertThat(unknown.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        StoreException early =
                catchThrowableOfType(StoreException.class, () -> restore(file, backup, Restore.owning(config.path())));
        assertThat(early.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(early).hasMessageContaining("is just taking its place");

        shelf = Shelf.open(config.path(), Shelf.NO_MODEL);
        assertThat(shelf.store().load("notes", List.of("a", "later"))).containsOnlyKeys("a");
        assertThat(restore(file, backup, name -> desk(shelf).answer(Operation.SWAP, name)))
                .isPresent();
        assertThat(ready()).doesNotExist();
    }

    @Test
    void aServerThatEndedBetweenTakingAndTheMarkIsInNobodysWay() throws IOException {
        Path file = folder.resolve("backup.tar.gz");
        Backup backup = backup(file);
        shelf.close();
        assertThatThrownBy(() -> restore(file, backup, kept -> {
                    take();
                    throw lost();
                }))
                .isInstanceOf(StoreException.class);
        assertThat(restore(file, backup, Restore.owning(config.path()))).isPresent();
        assertThat(ready().getParent().toFile().list()).containsExactly(DirectoryLock.FILE);
    }

    private Backup backup(Path file) {
        return Backup.make(new DeskLine(desk, "here"), file, Optional.empty(), Steps.NONE, () -> false)
                .orElseThrow();
    }

    private static StoreException lost() {
        return new StoreException(
                ErrorCode.OUTCOME_UNKNOWN, "Nobody knows", new IllegalStateException("the connection was lost"));
    }

    private Path take() {
        try {
            return SwapClaim.take(config.path()).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataDesk desk(Shelf open) {
        return new DataDesk(config, open.service());
    }

    private Path ready() {
        return config.path().resolve(StoreSwap.WORKSHOP).resolve(StoreSwap.READY);
    }

    private Optional<Path> restore(Path file, Backup backup, Restore.Swap swap) {
        return Restore.run(config, file, Optional.empty(), backup.manifest(), swap, Steps.NONE, () -> false);
    }

    /** As a server that ends just after it put the mark on disk. */
    private void begin(String kept) {
        List<String> mark = new ArrayList<>(List.of(kept));
        for (String name : take().toFile().list()) {
            if (!name.equals(DirectoryLock.FILE)) {
                mark.add("new " + name);
            }
        }
        for (String name : Engines.files()) {
            if (Files.exists(config.path().resolve(name))) {
                mark.add("old " + name);
            }
        }
        try {
            Files.write(config.path().resolve("swap.begun"), mark);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
