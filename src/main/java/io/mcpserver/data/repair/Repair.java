package io.mcpserver.data.repair;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.restore.Restore;
import io.mcpserver.data.restore.Workshop;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSalvage;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.service.DataFormat;
import io.mcpserver.storage.service.Engines;
import io.mcpserver.storage.service.StoreService;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * What was found in a store, and what was done.
 *
 * @param documents what was found in the record
 * @param indexFaults documents that the search index had in another state; empty where it was not compared
 * @param setAside the file that has what could not be used
 * @param kept the folder that has the files from before
 */
public record Repair(Findings documents, OptionalLong indexFaults, Optional<Path> setAside, Optional<Path> kept) {

    /** Whether nothing was wrong. */
    public boolean whole() {
        return documents.whole() && indexFaults.orElse(0) == 0;
    }

    /** Looks through a store and changes nothing but what opening it changes. */
    public static Repair check(ServerConfig config, Steps steps) {
        Findings found = look(config, false, steps);
        OptionalLong index = found.whole() ? indexFaults(config) : OptionalLong.empty();
        return new Repair(found, index, Optional.empty(), Optional.empty());
    }

    /**
     * Looks through a store and mends it. If anything is wrong with its documents, all that can be read goes into new files
     * beside, which take the place of the old as one step; the old stay in a folder of their own. A search index that
     * differs is built anew.
     *
     * @return what was done; empty if it was stopped, and then nothing has changed
     * @throws StoreException if nothing can be read at all; the files are as they were
     */
    public static Optional<Repair> run(ServerConfig config, Steps steps, BooleanSupplier stopped) {
        Findings found = look(config, true, steps);
        Optional<Path> aside = Optional.empty();
        Optional<Path> kept = Optional.empty();
        if (!found.whole()) {
            try (Workshop workshop = Workshop.open(config.storage());
                    SetAside lost = SetAside.begin(config.storage().path())) {
                boolean made;
                try (StoreSalvage salvage = salvage(config, true)) {
                    made = workshop.make(config.storage().type(), lines -> lost.saveOthers(salvage, lines), stopped);
                }
                if (!made) {
                    return Optional.empty();
                }
                aside = lost.publish();
                kept = Optional.of(swap(workshop, config.storage().path()));
            }
        }
        OptionalLong index = mendIndex(config);
        return Optional.of(new Repair(found, index, aside, kept));
    }

    private static Path swap(Workshop workshop, Path data) {
        try (DirectoryLock lock = DirectoryLock.acquire(data)) {
            String kept = Restore.name(data);
            workshop.swap(Restore.owning(data), kept);
            return data.resolve(kept);
        }
    }

    private static Findings look(ServerConfig config, boolean mend, Steps steps) {
        try (StoreSalvage salvage = salvage(config, mend)) {
            return Findings.of(salvage, steps);
        }
    }

    private static StoreSalvage salvage(ServerConfig config, boolean mend) {
        ServerConfig.Storage storage = config.storage();
        StoreSwap.finishBegun(storage.path());
        DataFormat.require(storage.path(), storage.type());
        try {
            return Engines.find(storage.type()).salvage(storage, mend);
        } catch (StoreException e) {
            if (e.code() != ErrorCode.STORE_UNAVAILABLE) {
                throw e;
            }
            throw new StoreException(
                    e.code(),
                    e.getMessage()
                            + (mend
                                    ? " Nothing of it can be read, and nothing was changed: restore a backup."
                                    : " Without --check, what keeps it from being opened is set aside, if that helps."),
                    e);
        }
    }

    private static OptionalLong indexFaults(ServerConfig config) {
        try (StoreService stores = new StoreService(config)) {
            return stores.indexFaults();
        }
    }

    /** Returns what was wrong with the index, which is built anew then. */
    private static OptionalLong mendIndex(ServerConfig config) {
        try (StoreService stores = new StoreService(config)) {
            OptionalLong faults = stores.indexFaults();
            if (faults.orElse(0) > 0) {
                stores.rebuildIndex();
                long left = stores.indexFaults().orElse(0);
                if (left > 0) {
                    throw new StoreException(
                            ErrorCode.INTERNAL,
                            "The search index was built anew and differs in " + left + " documents.");
                }
            }
            return faults;
        }
    }
}
