package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class ReadYourWritesContract {

    private static final int THREADS = 16;
    private static final int SAVES = 15;

    @TempDir
    Path directory;

    /** Opens a store with the index under test. */
    abstract Shelf open(Path directory, String model);

    @Test
    void everyThreadFindsWhatItHasJustSavedAndNotWhatItHasDeleted() throws Exception {
        try (Shelf shelf = open(directory, Shelf.NO_MODEL);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String name = "saver" + (char) ('a' + thread);
                work.add(() -> saveAndFind(shelf, name));
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
            assertThat(shelf.service().index().orElseThrow().current()).isTrue();
        }
    }

    private static Void saveAndFind(Shelf shelf, String name) {
        for (int i = 0; i < SAVES; i++) {
            String word = name + "word" + i;
            shelf.save(word, "a note with " + word);
            assertThat(shelf.words(word)).contains(word);
            if (i % 5 == 0) {
                shelf.store().delete(Shelf.NOTES, List.of(word));
                assertThat(shelf.words(word)).doesNotContain(word);
            }
        }
        return null;
    }
}
