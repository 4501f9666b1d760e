package io.mcpserver.data.repair;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.data.file.NewFile;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreSalvage;
import io.mcpserver.storage.StoreSalvage.Found;
import io.mcpserver.storage.StoredDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The file with what could not be used, a line of JSON each: where it was, why, and what is left of it. */
final class SetAside implements AutoCloseable {

    private final Path path;
    private final NewFile file;
    private long lines;

    private SetAside(Path path) {
        this.path = path;
        this.file = NewFile.begin(path);
    }

    /** Begins one in a data folder. */
    static SetAside begin(Path data) {
        return new SetAside(data.resolve("set-aside-" + Instant.now().toEpochMilli() + ".jsonl"));
    }

    /** Gives everything of a store that can be used, and keeps the rest. */
    void saveOthers(StoreSalvage salvage, Consumer<List<StoreLine>> usable) {
        for (Map.Entry<String, CollectionSettings> entry : salvage.settings().entrySet()) {
            usable.accept(List.of(new StoreLine.Settings(entry.getKey(), entry.getValue())));
        }
        List<Found> some = salvage.next();
        while (!some.isEmpty()) {
            List<StoreLine> good = new ArrayList<>();
            for (Found found : some) {
                switch (found) {
                    case Found.Good(StoredDocument document) -> good.add(new StoreLine.Stored(document));
                    case Found.Mended(StoredDocument document, String why) -> good.add(new StoreLine.Stored(document));
                    case Found.Lost lost -> keep(lost);
                }
            }
            usable.accept(good);
            some = salvage.next();
        }
    }

    /** Puts the file on disk; empty if nothing had to be set aside. */
    Optional<Path> publish() {
        if (lines == 0) {
            return Optional.empty();
        }
        try {
            file.publish();
            return Optional.of(path);
        } catch (IOException e) {
            throw StorageFault.of(path + " cannot be written", e);
        }
    }

    @Override
    public void close() {
        file.close();
    }

    private void keep(Found.Lost lost) {
        String line = JsonNodeFactory.instance
                .objectNode()
                .put("where", lost.where())
                .put("why", lost.why())
                .put("rest", lost.rest())
                .toString();
        try {
            file.out().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            lines++;
        } catch (IOException e) {
            throw StorageFault.of(path + " cannot be written", e);
        }
    }
}
