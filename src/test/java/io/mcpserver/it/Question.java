package io.mcpserver.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What somebody asks, and the file of the {@linkplain MachineDocumentation documentation} that answers it.
 *
 * @param file a part of its path
 */
record Question(String text, String file) {

    private static final List<Question> ALL = List.of(
            new Question("Which map remembers the order in which its entries were put in?", "util/LinkedHashMap.txt"),
            new Question("make threads wait until other threads have counted down to zero", "CountDownLatch.txt"),
            new Question("list that copies its array on every write", "CopyOnWriteArrayList.txt"),
            new Question("a date without a time zone, such as 2007-12-03", "time/LocalDate.txt"),
            new Question("bounded blocking queue backed by an array", "ArrayBlockingQueue.txt"),
            new Question("lock that several readers hold at a time but only one writer", "ReadWriteLock.txt"),
            new Question("Who wrote the general purpose compression library zlib?", "zlib.md"),
            new Question("licence of the FreeType font engine", "freetype.md"),
            new Question("smart cards: who holds the copyright of pcsc-lite?", "pcsclite.md"),
            new Question("list of public domain suffixes under the Mozilla licence", "public_suffix.md"),
            new Question("How does an owner permanently relinquish all rights to a work?", "CC0-1.0.txt"),
            new Question("invariant sections and front-cover texts of a manual", "GFDL"),
            new Question("How do I write my first test in Perl?", "Test/Tutorial.pod"));

    /** Those whose answer is among the files under {@code folders}. */
    static List<Question> answeredIn(List<Path> folders) {
        return ALL.stream()
                .filter(question -> folders.stream().anyMatch(question::isAnsweredIn))
                .toList();
    }

    boolean isAnsweredBy(String path) {
        return path.contains(file);
    }

    private boolean isAnsweredIn(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.anyMatch(path -> isAnsweredBy(path.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
