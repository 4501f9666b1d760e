package io.mcpserver.storage.tinydb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.SnapshotSalvage;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSalvage;
import io.mcpserver.storage.journal.JournalSalvage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a store together from what can be read of its files: the documents' file, the one before it, the state and the
 * journal. Changes none of them.
 */
final class TinyDbSalvage implements StoreSalvage {

    private static final int PAGE = 500;

    private final DirectoryLock lock;
    private final List<String> faults;
    private final List<String> derivedFaults;
    private final Map<String, CollectionSettings> settings;
    private final List<Found> found;
    private int next;

    private TinyDbSalvage(DirectoryLock lock, TinyDbReunion reunion) {
        this.lock = lock;
        this.faults = reunion.faults();
        this.derivedFaults = reunion.derivedFaults();
        this.settings = reunion.settings();
        this.found = reunion.found();
    }

    /** Opens a store as usual, and where that is refused, what is left of it. */
    static StoreSalvage open(ServerConfig.Storage config) {
        TinyDbFiles files = new TinyDbFiles(config.path());
        Optional<StoreException> refusal = Optional.empty();
        // An end of the journal that may have been whole once is cut at an opening, and told here.
        if (JournalSalvage.read(files.journal()).isWhole()) {
            try {
                return new SnapshotSalvage(TinyDbStore.open(config, ChangeListener.NONE));
            } catch (StoreException e) {
                if (e.code() != ErrorCode.STORE_UNAVAILABLE || TinyDbState.isOfNewerProgram(files.state())) {
                    throw e;
                }
                refusal = Optional.of(e);
            }
        }
        DirectoryLock lock = DirectoryLock.acquire(config.path());
        try {
            TinyDbReunion reunion = TinyDbReunion.of(files);
            if (refusal.isPresent() && reunion.isEmpty()) {
                throw refusal.get();
            }
            return new TinyDbSalvage(lock, reunion);
        } catch (IOException e) {
            lock.close();
            throw StorageFault.of("The documents in " + config.path() + " cannot be read", e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public List<String> faults() {
        return faults;
    }

    @Override
    public List<String> derivedFaults() {
        return derivedFaults;
    }

    @Override
    public Map<String, CollectionSettings> settings() {
        return settings;
    }

    @Override
    public List<Found> next() {
        List<Found> some = new ArrayList<>(found.subList(next, Math.min(found.size(), next + PAGE)));
        next += some.size();
        return some;
    }

    @Override
    public void close() {
        lock.close();
    }
}
