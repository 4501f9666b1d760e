package io.mcpserver.data.restore;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.backup.Manifest;
import io.mcpserver.data.file.Folders;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.service.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Puts a backup that was verified in the place of the store of a data folder. Until the one step at the end the store that
 * is there is not touched; its files are kept in a folder beside, which is returned.
 */
public final class Restore {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** The one step: the store in the workshop takes the place of the other, whose files go to a folder of this name. */
    @FunctionalInterface
    public interface Swap {
        void run(String kept);
    }

    private Restore() {}

    /** How the swap is done where this process owns the data folder. */
    public static Swap owning(Path data) {
        return kept -> StoreSwap.run(data, kept, Engines.files());
    }

    /**
     * Restores.
     *
     * @param verified what the backup said when it was read before
     * @return the folder that has the old files, empty if there were none; nothing if it was stopped
     * @throws StoreException as {@link Workshop#fill} says, and the old store is in use then; or as the swap says
     */
    public static Optional<Path> run(
            ServerConfig.Storage config,
            Path file,
            Optional<char[]> passphrase,
            Manifest verified,
            Swap swap,
            Steps steps,
            BooleanSupplier stopped) {
        try (Workshop workshop = Workshop.open(config)) {
            if (!workshop.fill(file, passphrase, verified, steps, stopped)) {
                return Optional.empty();
            }
            String kept = name(config.path());
            workshop.swap(swap, kept);
            return Optional.of(config.path().resolve(kept));
        }
    }

    /** Deletes what a restore kept. */
    public static void discard(Path kept) {
        Folders.delete(kept);
    }

    /** Whether a folder holds nothing, or is not there; one that cannot be looked into may hold something. */
    public static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** A name for the folder of the old files, which is not there yet. */
    public static String name(Path data) {
        String name = "before-" + TIME.format(Instant.now());
        int more = 1;
        while (Files.exists(data.resolve(name))) {
            name = "before-" + TIME.format(Instant.now()) + "-" + more++;
        }
        return name;
    }
}
