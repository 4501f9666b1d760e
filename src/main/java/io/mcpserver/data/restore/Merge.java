package io.mcpserver.data.restore;

import io.mcpserver.data.DataLine;
import io.mcpserver.data.backup.BackupReader;
import io.mcpserver.data.backup.BadBackupException;
import io.mcpserver.data.backup.Manifest;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.data.transfer.Delivery;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.error.CodedException;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoredDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What became of collections of a backup that were brought into a store beside what is in it.
 *
 * @param saved documents that were new, or replaced another state
 * @param unchanged documents that were there in the same words
 * @param kept how many documents were there in another state, and stay so
 * @param keptDocuments the first of them, as {@code collection/id}
 * @param settings collections whose settings changed
 * @param stopped whether it was stopped before its end
 */
public record Merge(long saved, long unchanged, long kept, List<String> keptDocuments, long settings, boolean stopped) {

    /**
     * Brings collections into a store, by the rules of an import: repeated, it goes on where it was. Ids of which the backup
     * only says that the document was deleted are passed over, so that nothing is deleted.
     *
     * @param names what each collection is called in the store, by its name in the backup; others are passed over
     * @param replace whether documents are replaced that are there in another state
     * @throws CodedException if the store refuses something, or the backup is not as it was; it says what stays
     */
    public static Merge run(
            DataLine store,
            VerifiedBackup backup,
            Map<String, String> names,
            boolean replace,
            Steps steps,
            BooleanSupplier stopped) {
        Delivery delivery = new Delivery(store, replace);
        boolean ended = true;
        try {
            Manifest read = BackupReader.read(backup.file(), backup.passphrase(), steps, lines -> {
                for (StoreLine line : lines) {
                    if (stopped.getAsBoolean()) {
                        throw new Stopped();
                    }
                    renamed(line, names).ifPresent(delivery::add);
                }
            });
            if (!read.equals(backup.manifest())) {
                throw new BadBackupException(
                        "The backup " + backup.file() + " was changed while it was restored: repeat it.");
            }
            delivery.flush();
        } catch (Stopped e) {
            ended = false;
        } catch (CodedException e) {
            throw new StoreException(
                    e.code(),
                    "%s %,d documents of the backup were saved before that, and stay; the same command goes on from there."
                            .formatted(e.getMessage(), delivery.saved()),
                    e);
        }
        return new Merge(
                delivery.saved(),
                delivery.unchanged(),
                delivery.kept(),
                delivery.keptDocuments(),
                delivery.settings(),
                !ended);
    }

    private static Optional<StoreLine> renamed(StoreLine line, Map<String, String> names) {
        return switch (line) {
            case StoreLine.Settings one ->
                Optional.ofNullable(names.get(one.collection()))
                        .map(name -> new StoreLine.Settings(name, one.settings()));
            case StoreLine.Stored one when one.document().deleted() -> Optional.empty();
            case StoreLine.Stored one ->
                Optional.ofNullable(names.get(one.document().collection()))
                        .map(name -> new StoreLine.Stored(renamed(one.document(), name)));
        };
    }

    private static StoredDocument renamed(StoredDocument document, String collection) {
        return new StoredDocument(
                collection,
                document.id(),
                document.version(),
                document.created(),
                document.updated(),
                document.content());
    }
}
