package io.mcpserver.storage.tinydb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.journal.DocumentKey;
import io.mcpserver.storage.journal.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a store begins with: what it knew at its last checkpoint, with the contents that the file has now. Where somebody
 * changed the file since, that is found by comparing it with the baseline, after the journal was replayed.
 *
 * @param baseline what the file held at the last checkpoint
 * @param others tables of the file that are no collections
 */
record TinyDbOpening(TinyDbContents contents, TinyDbBaseline baseline, Map<String, JsonNode> others) {

    /**
     * Reads the files of a store; changes nothing but to end a checkpoint that was interrupted.
     *
     * @throws StoreException {@code STORE_UNAVAILABLE} if one of them cannot be read, or if the documents are gone
     */
    static TinyDbOpening read(TinyDbFiles files) {
        try {
            Path file = files.documents();
            Optional<byte[]> bytes = Files.exists(file) ? Optional.of(TinyDbFiles.read(file)) : Optional.empty();
            Optional<TinyDbState> state = state(files, bytes);
            requireDocuments(file, bytes, state);
            TinyDbTables tables =
                    bytes.map(found -> TinyDbTables.read(file, found)).orElse(TinyDbTables.EMPTY);
            return state.map(known -> of(known, tables)).orElseGet(() -> anew(tables));
        } catch (IOException e) {
            throw StorageFault.of("The documents in " + files.directory() + " cannot be read", e);
        }
    }

    /** Refuses an empty file or none where there were documents: that is an accident more likely than an intention. */
    static void requireDocuments(Path file, boolean exists, long length, int expected) {
        if (expected > 0 && (!exists || length == 0)) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The file " + file + " is " + (exists ? "empty" : "gone") + ", although it had " + expected
                            + " documents: put it back, or write {} into it to delete them all.");
        }
    }

    private static void requireDocuments(Path file, Optional<byte[]> bytes, Optional<TinyDbState> state) {
        int expected = state.map(known -> known.documents().size()).orElse(0);
        requireDocuments(
                file, bytes.isPresent(), bytes.map(found -> found.length).orElse(0), expected);
    }

    /** The state that the file belongs to; where it belongs to none, the older one, which the journal goes on from. */
    private static Optional<TinyDbState> state(TinyDbFiles files, Optional<byte[]> bytes) throws IOException {
        Optional<TinyDbState> next = TinyDbState.read(files.nextState());
        if (next.isEmpty()) {
            return TinyDbState.read(files.state());
        }
        if (bytes.map(TinyDbBaseline::digest)
                .filter(next.get().digest()::equals)
                .isPresent()) {
            TinyDbFiles.replace(files.nextState(), files.state());
            return next;
        }
        Files.delete(files.nextState());
        return TinyDbState.read(files.state());
    }

    private static TinyDbOpening of(TinyDbState state, TinyDbTables tables) {
        Map<DocumentKey, TinyDbRow> rows = TinyDbComparison.keyed(tables);
        Map<DocumentKey, TinyDbBaseline.Row> baseline = new HashMap<>();
        List<TinyDbContents.Known> known = new ArrayList<>();
        for (TinyDbState.Entry entry : state.documents()) {
            baseline.put(entry.key(), new TinyDbBaseline.Row(entry.number(), entry.version(), entry.checksum()));
            // Who is not in the file any more is deleted when the two are compared.
            ObjectNode content = Optional.ofNullable(rows.get(entry.key()))
                    .map(TinyDbRow::content)
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            Document document = new Document(
                    entry.id(),
                    content,
                    entry.version(),
                    FieldPath.time(entry.created()),
                    FieldPath.time(entry.updated()));
            known.add(TinyDbContents.Known.of(entry.key(), document, entry.sequence()));
        }
        for (TinyDbState.Entry entry : state.deleted()) {
            Head head =
                    new Head(entry.version(), false, FieldPath.time(entry.created()), FieldPath.time(entry.updated()));
            known.add(TinyDbContents.Known.deleted(entry.key(), head, entry.sequence()));
        }
        return new TinyDbOpening(
                new TinyDbContents(
                        new TinyDbContents.Snapshot(known, state.settings(), state.applied(), state.sequence())),
                new TinyDbBaseline(state.digest(), baseline),
                tables.others());
    }

    /** A file that this program did not write, or none: sequences begin beyond all that an index may have heard of. */
    private static TinyDbOpening anew(TinyDbTables tables) {
        long sequence = tables.collections().isEmpty() ? 0 : FieldPath.micros(Instant.now());
        return new TinyDbOpening(
                new TinyDbContents(new TinyDbContents.Snapshot(List.of(), Map.of(), 0, sequence)),
                TinyDbBaseline.NOTHING,
                tables.others());
    }
}
