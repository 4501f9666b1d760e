package io.mcpserver.storage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.SmallDisk;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreOpener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of write while somebody else takes the last of the disk, from many beginnings: each write is kept or refused
 * with words, the store goes on when there is room, and the index is equal to the record. Subclasses are tagged {@code
 * system}, for mounting needs root.
 */
public abstract class FillingDiskContract {

    private static final int MEGABYTES = 64;

    /** Bytes that are free when the writes begin: at the end of the disk, and about what engines keep in reserve. */
    private static final List<Long> FREE = List.of(
            0L,
            4_096L,
            12_288L,
            40_960L,
            200_000L,
            1_000_000L,
            (8L << 20) - 50_000,
            (8L << 20) + 100_000,
            10L << 20,
            (16L << 20) + 100_000,
            (17L << 20) + 100_000);

    @TempDir
    Path mount;

    private final Promises promises = new Promises();

    /** Opens the store with its index. */
    protected abstract Class<? extends StoreOpener> opener();

    @Test
    void a_disk_that_fills_up_during_any_write_loses_nothing_and_leaves_nothing_half() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mount, MEGABYTES)) {
            for (int round = 0; round < FREE.size(); round++) {
                round(disk, round, FREE.get(round));
            }
        }
        assertThat(promises.acknowledged()).as("acknowledged").isGreaterThan(100);
        assertThat(promises.refused()).as("refused").isGreaterThan(100);
    }

    private void round(SmallDisk disk, int round, long free) throws Exception {
        ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
        try (DocumentStore store = open()) {
            disk.fillUpTo(free);
            Thread filling = Thread.ofPlatform().start(() -> disk.fillUpTo(0));
            new FaultScript(store, 2L * round, said::add).run();
            filling.join();
            new FaultScript(store, 2L * round + 1, said::add).run();
            if (round % 2 == 0) {
                disk.empty();
                new FaultScript(store, 2L * round + 1, said::add).rest();
            }
        }
        said.forEach(promises::hear);
        openOnFullDisk();
        disk.empty();
        try (DocumentStore store = open()) {
            promises.check(store);
        }
    }

    /** It may open or not: as long as it says why. */
    private void openOnFullDisk() throws Exception {
        try (DocumentStore store = open()) {
            promises.check(store);
        } catch (StoreException e) {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.DISK_FULL);
        }
    }

    private DocumentStore open() throws Exception {
        return opener().getDeclaredConstructor().newInstance().open(mount.resolve("data"));
    }
}
