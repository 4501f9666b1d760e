package io.mcpserver.importer;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Brings files into one collection. Safe to repeat: a part of a file keeps its id, what is in the
 * collection already is not saved again, and parts that vanished from a file are deleted. Safe to stop
 * at any moment: the next import goes on where this one ended.
 *
 * <p>Not for several threads.
 */
public final class Importer {

    /** Documents that are worth a save; few enough that embedding them does not keep Ctrl-C waiting. */
    private static final int BATCH = 50;

    private static final List<String> PROSE_FIELDS = List.of("title", "text");

    private final DocumentStore store;
    private final String collection;
    private final ImportProgress progress;
    private final BooleanSupplier stopped;

    private final List<ImportReport.Failure> failures = new ArrayList<>();
    private final List<FileDocuments> waiting = new ArrayList<>();
    private final Set<String> waitingIds = new HashSet<>();
    private int imported;
    private int unchanged;
    private long saved;
    private long deleted;

    /** @param stopped asked between saves; once true, the import ends */
    public Importer(DocumentStore store, String collection, ImportProgress progress, BooleanSupplier stopped) {
        this.store = store;
        this.collection = collection;
        this.progress = progress;
        this.stopped = stopped;
    }

    /**
     * Imports files, and all files of known kinds under folders.
     *
     * @return what was done; a bad file is a failure in it and keeps no other file out
     * @throws CodedException where the store itself fails; what was saved before stays
     */
    public ImportReport run(List<Path> paths) {
        SourceFiles files = SourceFiles.under(paths);
        failures.addAll(files.failures());
        progress.begun(
                files.found().size(),
                files.found().stream().mapToLong(SourceFile::bytes).sum());
        searchProseOnly(files.found());
        for (SourceFile file : files.found()) {
            if (stopped.getAsBoolean()) {
                break;
            }
            read(file);
        }
        flush();
        return new ImportReport(
                imported, unchanged, files.otherKinds(), saved, deleted, List.copyOf(failures), stopped.getAsBoolean());
    }

    /** In a new collection of prose, titles and texts are searched, and paths are not. */
    private void searchProseOnly(List<SourceFile> files) {
        CollectionSettings settings = store.settings(collection);
        if (!files.isEmpty()
                && files.stream().allMatch(file -> file.kind().prose())
                && settings.textFields().isEmpty()
                && store.count(collection, Filter.ALL) == 0) {
            store.configure(collection, new CollectionSettings(settings.model(), PROSE_FIELDS));
        }
    }

    private void read(SourceFile file) {
        try {
            add(FileDocuments.read(file));
        } catch (BadFileException e) {
            failures.add(new ImportReport.Failure(file.path(), e.getMessage()));
            progress.done(file.path(), file.bytes());
        }
    }

    /** Small files wait for others, since a save of many documents costs little more than one of few. */
    private void add(FileDocuments file) {
        List<String> ids = file.documents().stream().map(DocumentToSave::id).toList();
        if (ids.stream().anyMatch(waitingIds::contains)) {
            flush();
        }
        waiting.add(file);
        waitingIds.addAll(ids);
        if (waitingIds.size() >= BATCH) {
            flush();
        }
    }

    private void flush() {
        List<FileDocuments> files = List.copyOf(waiting);
        waiting.clear();
        waitingIds.clear();
        if (files.isEmpty() || stopped.getAsBoolean()) {
            return;
        }
        try {
            record(files, new FileSync(store, collection, stopped).sync(files));
        } catch (CodedException e) {
            refuseOrGiveUp(e);
            oneByOne(files);
        }
        files.forEach(file -> progress.done(file.source().path(), file.source().bytes()));
    }

    /** Finds the file that the store refuses, so that the others still go in. */
    private void oneByOne(List<FileDocuments> files) {
        for (FileDocuments file : files) {
            try {
                record(List.of(file), new FileSync(store, collection, stopped).sync(List.of(file)));
            } catch (CodedException e) {
                refuseOrGiveUp(e);
                failures.add(new ImportReport.Failure(file.source().path(), "was refused: " + e.getMessage()));
            }
        }
    }

    private static void refuseOrGiveUp(CodedException e) {
        boolean refused = e.code() == ErrorCode.INVALID_ARGUMENT || e.code() == ErrorCode.TOO_LARGE;
        if (!refused) {
            throw e;
        }
    }

    private void record(List<FileDocuments> files, FileSync.Done done) {
        saved += done.saved();
        deleted += done.deleted();
        imported += done.changedFiles();
        unchanged += files.size() - done.changedFiles() - done.unfinishedFiles();
    }
}
