package io.mcpserver.storage.service;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.SwapClaim;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/** The store that a restore has made ready beside the one of a running server. */
final class ReadyStore {

    private ReadyStore() {}

    /**
     * Takes it, so that nobody withdraws it any more.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} or {@code CONFLICT}, and it is put back, if it is not complete or of
     *     another engine
     */
    static void take(ServerConfig.Storage config) {
        Path data = config.path();
        Path ready = data.resolve(StoreSwap.WORKSHOP).resolve(StoreSwap.READY);
        try {
            Path taken = SwapClaim.take(data).orElseThrow(() -> incomplete(ready));
            try {
                requireComplete(taken, ready, config.type());
            } catch (StoreException e) {
                SwapClaim.giveBack(data);
                throw e;
            }
        } catch (IOException e) {
            throw StorageFault.of("The store in " + ready + " cannot be taken, and the old one is in use", e);
        }
    }

    /** Puts back what was taken, unless its files are on their way. */
    static void putBack(Path data) {
        if (StoreSwap.begun(data)) {
            return;
        }
        try {
            SwapClaim.giveBack(data);
        } catch (IOException e) {
            System.getLogger(ReadyStore.class.getName())
                    .log(Level.DEBUG, "What was made ready stays in " + data.resolve(StoreSwap.WORKSHOP), e);
        }
    }

    /** @param ready where it was before it was taken */
    private static void requireComplete(Path taken, Path ready, String engine) {
        // Its form is written down last.
        Optional<DataFormat> found = DataFormat.of(taken);
        if (found.isEmpty()) {
            throw incomplete(ready);
        }
        if (!found.get().engine().equals(engine)) {
            throw new StoreException(
                    ErrorCode.CONFLICT,
                    "The store in %s is in the engine %s, and this server runs %s: restore again with the configuration of the server, or while it is stopped. Its store stays as it is and in use."
                            .formatted(ready, found.get().engine(), engine));
        }
        DataFormat.require(taken, engine);
    }

    private static StoreException incomplete(Path ready) {
        return new StoreException(
                ErrorCode.INVALID_ARGUMENT,
                "No complete store is in " + ready
                        + ": restore again. The store of this server stays as it is and in use.");
    }
}
