package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSwapTest {

    private static final Set<String> NAMES = Set.of("a.db", "a.wal", "index");

    @TempDir
    Path root;

    @Test
    void newFilesTakeThePlaceOfTheOldWhichAreKeptAndOthersStay() throws IOException {
        Path data = folder("data");
        StoreSwap.run(data, "before-x", NAMES);
        assertSwapped(data);
    }

    @Test
    void leftAtAnyStepItIsFinishedByWhoeverOwnsTheFolderNext() throws IOException {
        List<String> moves = List.of(
                "a.wal>before-x/a.wal",
                "index>before-x/index",
                "a.db>before-x/a.db",
                StoreSwap.WORKSHOP + "/taken/a.db>a.db",
                StoreSwap.WORKSHOP + "/taken/b.db>b.db");
        // Every set of steps that may have been done, as the order of the names is not promised.
        for (int done = 0; done < 1 << moves.size(); done++) {
            if ((done & 8) != 0 && (done & 4) == 0) {
                continue;
            }
            Path data = folder("data" + done);
            begin(data);
            Files.createDirectories(data.resolve("before-x"));
            for (int move = 0; move < moves.size(); move++) {
                if ((done & 1 << move) != 0) {
                    String[] paths = moves.get(move).split(">");
                    Files.move(data.resolve(paths[0]), data.resolve(paths[1]), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            DirectoryLock.acquire(data).close();
            assertSwapped(data);
        }
    }

    @Test
    void withoutItsMarkNothingIsMoved() throws IOException {
        Path data = folder("data");
        Files.writeString(data.resolve(StoreSwap.MARK + ".tmp"), "before-x\nnew a.db\n");
        DirectoryLock.acquire(data).close();
        assertThat(data.resolve("a.db")).hasContent("old");
        assertThatThrownBy(() -> StoreSwap.run(data, "../x", NAMES))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the old one is in use");
        assertThat(data.resolve("a.db")).hasContent("old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.db", "b.db"})
    void aNewFileThatIsGoneStopsItBeforeAnythingIsMoved(String gone) throws IOException {
        Path data = folder("data");
        begin(data);
        Path fresh = SwapClaim.of(data).resolve(gone);
        Path elsewhere = root.resolve("elsewhere");
        Files.move(fresh, elsewhere);

        assertThatThrownBy(() -> DirectoryLock.acquire(data))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(gone + " of the new store is gone");
        assertThat(data.resolve("a.db")).hasContent("old");
        assertThat(data.resolve("a.wal")).hasContent("old log");
        assertThat(data.resolve("index/x")).hasContent("old index");
        assertThat(data.resolve("before-x")).doesNotExist();
        assertThat(StoreSwap.begun(data)).isTrue();

        Files.move(elsewhere, fresh);
        StoreSwap.finishBegun(data);
        assertSwapped(data);
        assertThat(StoreSwap.begun(data)).isFalse();
    }

    @Test
    void whatFailsAfterItsBeginningIsNotSaidToBeTheOldStore() throws IOException {
        Path data = folder("data");
        // A file cannot be moved over a folder, and that it is there reads as a swap that was begun.
        Files.writeString(data.resolve(StoreSwap.MARK + ".tmp"), "of a killed one");
        Files.createDirectories(data.resolve(StoreSwap.MARK));
        assertThatThrownBy(() -> StoreSwap.run(data, "before-x", NAMES))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not yet in its place")
                .hasMessageContaining(StoreSwap.WORKSHOP);
    }

    @Test
    void theFolderMayBeReachedThroughALinkButWhatIsWrittenInItMayNot() throws IOException {
        Path data = folder("data");
        Path outside = Files.writeString(root.resolve("outside"), "of others");
        Path link = Files.createSymbolicLink(root.resolve("link"), data);
        Files.createSymbolicLink(data.resolve(StoreSwap.MARK + ".tmp"), outside);
        StoreSwap.run(link, "before-x", NAMES);
        assertThat(outside).hasContent("of others");
        assertSwapped(data);
        DirectoryLock.acquire(link).close();
    }

    @Test
    void ofARestoreThatWithdrawsItsStoreAndAServerThatTakesItOneSucceeds() throws Exception {
        for (int round = 0; round < 50; round++) {
            Path data = folder("data" + round);
            Path ready = data.resolve(StoreSwap.WORKSHOP).resolve(StoreSwap.READY);
            CompletableFuture<Boolean> taken = CompletableFuture.supplyAsync(() -> take(data));
            boolean withdrawn;
            try {
                Files.move(ready, ready.resolveSibling("leaving"), StandardCopyOption.ATOMIC_MOVE);
                withdrawn = true;
            } catch (NoSuchFileException e) {
                withdrawn = false;
            }
            assertThat(taken.get()).isNotEqualTo(withdrawn);
        }
    }

    @Test
    void whatWasTakenIsPutBackUnlessAnotherIsReadyByNow() throws IOException {
        Path data = folder("data");
        Path ready = data.resolve(StoreSwap.WORKSHOP).resolve(StoreSwap.READY);
        SwapClaim.take(data);
        assertThat(ready).doesNotExist();
        SwapClaim.giveBack(data);
        assertThat(ready.resolve("a.db")).hasContent("new");

        SwapClaim.take(data);
        Files.createDirectories(ready);
        SwapClaim.giveBack(data);
        assertThat(ready).isEmptyDirectory();
        assertThat(SwapClaim.of(data)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new ../../x", "old ../x", "new /etc/passwd", "old .."})
    void aMarkThatNamesWhatIsNotInTheFolderMovesNothing(String line) throws IOException {
        Path data = folder("data");
        begin(data);
        Files.writeString(data.resolve(StoreSwap.MARK), line + "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> DirectoryLock.acquire(data))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("names no file of the data folder");
        assertThat(data.resolve("a.db")).hasContent("old");
    }

    @Test
    void aLinkIsNotFollowedToTheNewStoreNorToWhereTheOldFilesGo() throws IOException {
        Path outside = Files.createDirectories(root.resolve("outside"));
        Path data = folder("data");
        Path workshop = data.resolve(StoreSwap.WORKSHOP);
        Path elsewhere = Files.move(workshop, root.resolve("elsewhere"));
        Files.createSymbolicLink(workshop, elsewhere);
        assertThatThrownBy(() -> StoreSwap.run(data, "before-x", NAMES)).hasMessageContaining("is a link");
        Files.delete(workshop);
        Files.move(elsewhere, workshop);
        begin(data);
        Files.createSymbolicLink(data.resolve("before-x"), outside);
        assertThatThrownBy(() -> DirectoryLock.acquire(data)).hasMessageContaining("is a link");
        assertThat(outside).isEmptyDirectory();
        assertThat(data.resolve("a.db")).hasContent("old");

        Files.delete(data.resolve("before-x"));
        StoreSwap.finishBegun(data);
        assertSwapped(data);
    }

    private static void begin(Path data) throws IOException {
        SwapClaim.take(data);
        StoreSwap.begin(data, "before-x", NAMES);
    }

    private static boolean take(Path data) {
        try {
            return SwapClaim.take(data).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder(String name) throws IOException {
        Path data = Files.createDirectories(root.resolve(name));
        Files.writeString(data.resolve("a.db"), "old");
        Files.writeString(data.resolve("a.wal"), "old log");
        Files.createDirectories(data.resolve("index"));
        Files.writeString(data.resolve("index/x"), "old index");
        Files.writeString(data.resolve("secret"), "secret");
        Path ready = Files.createDirectories(data.resolve(StoreSwap.WORKSHOP).resolve(StoreSwap.READY));
        Files.writeString(ready.resolve("a.db"), "new");
        Files.writeString(ready.resolve("b.db"), "new, too");
        Files.writeString(ready.resolve(DirectoryLock.FILE), "1");
        return data;
    }

    private static void assertSwapped(Path data) throws IOException {
        assertThat(data.resolve("a.db")).hasContent("new");
        assertThat(data.resolve("b.db")).hasContent("new, too");
        assertThat(data.resolve("secret")).hasContent("secret");
        List<String> names = new ArrayList<>();
        try (var files = Files.list(data)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        names.remove(DirectoryLock.FILE);
        assertThat(names).containsExactlyInAnyOrder("a.db", "b.db", "secret", "before-x", StoreSwap.WORKSHOP);
        assertThat(data.resolve("before-x/a.db")).hasContent("old");
        assertThat(data.resolve("before-x/a.wal")).hasContent("old log");
        assertThat(data.resolve("before-x/index/x")).hasContent("old index");
    }
}
