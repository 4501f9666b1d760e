package io.mcpserver.data.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.backup.Backup;
import io.mcpserver.data.backup.BackupReader;
import io.mcpserver.data.backup.Manifest;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.data.desk.DeskLine;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.SmallDisk;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.index.Shelf;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small file system of its own, filled up in the middle of a restore; mounting needs root. */
@Tag("system")
class RestoreFullDiskTest {

    @TempDir
    Path mount;

    @TempDir
    Path elsewhere;

    private SmallDisk disk;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        disk = SmallDisk.mount(mount, 96);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "lancedb", "tinydb"})
    void aDiskThatIsFullInTheMiddleLeavesTheOldDataAndTheSameRestoreWorksWhenThereIsRoom(String engine)
            throws Exception {
        Path backup = elsewhere.resolve("backup.tar.gz");
        try (Shelf shelf = Shelf.open(elsewhere.resolve("data"), Shelf.NO_MODEL)) {
            for (int i = 0; i < 200; i++) {
                shelf.save("b" + i, SmallDisk.letters(i));
            }
            DataDesk desk = new DataDesk(storage("duckdb", elsewhere.resolve("data")), shelf.service());
            Backup.make(new DeskLine(desk, "here"), backup, Optional.empty(), Steps.NONE, () -> false);
        }
        Path data = mount.resolve("data");
        try (Shelf shelf = Shelf.open(engine, data, Shelf.NO_MODEL)) {
            shelf.save("old", "of the old store");
        }
        AtomicBoolean filled = new AtomicBoolean();
        StoreException refusal = catchThrowableOfType(
                StoreException.class,
                () -> restore(engine, data, backup, (done, total) -> {
                    if (filled.compareAndSet(false, true)) {
                        disk.fillUpTo(0);
                    }
                }));
        assertThat(filled).isTrue();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(data.resolve(StoreSwap.WORKSHOP).resolve(StoreSwap.READY)).doesNotExist();

        // No room from the beginning is told before anything is made.
        StoreException early =
                catchThrowableOfType(StoreException.class, () -> restore(engine, data, backup, Steps.NONE));
        assertThat(early.code()).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(early).hasMessageContaining("are needed beside");

        disk.empty();
        try (Shelf shelf = Shelf.open(engine, data, Shelf.NO_MODEL)) {
            assertThat(shelf.store().load("notes", List.of("old", "b0"))).containsOnlyKeys("old");
        }
        assertThat(restore(engine, data, backup, Steps.NONE)).isPresent();
        try (Shelf shelf = Shelf.open(engine, data, Shelf.NO_MODEL)) {
            assertThat(shelf.store().load("notes", List.of("old", "b0"))).containsOnlyKeys("b0");
        }
    }

    private static Optional<Path> restore(String engine, Path data, Path backup, Steps steps) {
        Manifest manifest = BackupReader.read(backup, Optional.empty(), Steps.NONE, lines -> {});
        try (DirectoryLock lock = DirectoryLock.acquire(data)) {
            return Restore.run(
                    storage(engine, data),
                    backup,
                    Optional.empty(),
                    manifest,
                    Restore.owning(data),
                    steps,
                    () -> false);
        }
    }

    private static ServerConfig.Storage storage(String engine, Path data) {
        return Shelf.config(engine, data, Shelf.NO_MODEL).storage();
    }
}
