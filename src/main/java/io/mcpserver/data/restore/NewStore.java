package io.mcpserver.data.restore;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.lines.LineSum;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.data.lines.StoreLineText;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.service.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A store that is made of lines, and compared with them. */
final class NewStore {

    private static final int BATCH = 500;

    private NewStore() {}

    /**
     * Makes one.
     *
     * @param config of the engine and the folder, in which there is none
     * @return whether it is complete; false if it was stopped
     * @throws StoreException as the engine says; {@code INTERNAL} if what is in it is not what was given
     */
    static boolean make(ServerConfig.Storage config, Workshop.Source source, BooleanSupplier stopped) {
        LineSum given = new LineSum();
        try (DocumentStore store = Engines.find(config.type()).open(config, ChangeListener.NONE)) {
            source.read(lines -> {
                if (stopped.getAsBoolean()) {
                    throw new Stopped();
                }
                put(store, lines, given);
            });
            if (!given.equals(sum(store))) {
                throw new StoreException(
                        ErrorCode.INTERNAL, "What was written is not what was given to be written; it is not used.");
            }
            return true;
        } catch (Stopped e) {
            return false;
        }
    }

    private static void put(DocumentStore store, List<StoreLine> lines, LineSum sum) {
        List<StoredDocument> documents = new ArrayList<>();
        for (StoreLine line : lines) {
            switch (line) {
                case StoreLine.Settings(String collection, CollectionSettings settings) -> {
                    store.configure(collection, settings);
                    sum.add(StoreLineText.write(collection, settings));
                }
                case StoreLine.Stored(StoredDocument document) -> {
                    documents.add(document);
                    sum.add(StoreLineText.write(document));
                }
            }
        }
        for (int from = 0; from < documents.size(); from += BATCH) {
            store.adopt(documents.subList(from, Math.min(documents.size(), from + BATCH)), true);
        }
    }

    private static LineSum sum(DocumentStore store) {
        LineSum sum = new LineSum();
        try (StoreSnapshot snapshot = store.snapshot()) {
            for (Map.Entry<String, CollectionSettings> entry :
                    snapshot.settings().entrySet()) {
                sum.add(StoreLineText.write(entry.getKey(), entry.getValue()));
            }
            List<StoredDocument> some = snapshot.next(BATCH);
            while (!some.isEmpty()) {
                some.forEach(document -> sum.add(StoreLineText.write(document)));
                some = snapshot.next(BATCH);
            }
        }
        return sum;
    }
}
