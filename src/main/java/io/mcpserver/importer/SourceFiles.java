package io.mcpserver.importer;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the files to import under some paths, in a stable order, each once. Hidden files and folders are passed
 * over; symbolic links are followed, but no folder is entered within itself.
 */
final class SourceFiles {

    private final List<SourceFile> found = new ArrayList<>();
    private final List<ImportReport.Failure> failures = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private int otherKinds;

    private SourceFiles() {}

    static SourceFiles under(List<Path> roots) {
        SourceFiles files = new SourceFiles();
        roots.forEach(files::add);
        return files;
    }

    List<SourceFile> found() {
        return found;
    }

    /** Paths that could not be read. */
    List<ImportReport.Failure> failures() {
        return failures;
    }

    /** How many files were passed over because they are of no known kind. */
    int otherKinds() {
        return otherKinds;
    }

    private void add(Path root) {
        Path base = root.toAbsolutePath().normalize();
        Path parent = Optional.ofNullable(base.getParent()).orElse(base);
        if (!Files.exists(base)) {
            failures.add(new ImportReport.Failure(root.toString(), "does not exist"));
            return;
        }
        List<SourceFile> below = new ArrayList<>();
        try {
            Files.walkFileTree(
                    base,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new Visitor(base, parent, below));
        } catch (IOException e) {
            failures.add(new ImportReport.Failure(root.toString(), reason(e)));
        }
        below.sort(Comparator.comparing(SourceFile::path));
        for (SourceFile file : below) {
            if (taken.add(file.identity())) {
                found.add(file);
            }
        }
    }

    private static String reason(IOException e) {
        return "cannot be read (" + e.getClass().getSimpleName().replace("Exception", "") + ")";
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        private final Path base;
        private final Path parent;
        private final List<SourceFile> below;

        private Visitor(Path base, Path parent, List<SourceFile> below) {
            this.base = base;
            this.parent = parent;
            this.below = below;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return hidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (hidden(file) || attributes.isOther()) {
                return FileVisitResult.CONTINUE;
            }
            Optional<FileKind> kind = FileKind.of(file);
            if (kind.isEmpty()) {
                otherKinds++;
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                failures.add(new ImportReport.Failure(file.toString(), "is a link to nothing"));
                return FileVisitResult.CONTINUE;
            }
            String path = parent.relativize(file).toString().replace('\\', '/');
            below.add(new SourceFile(file, path, kind.get(), attributes.size()));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            if (!(e instanceof FileSystemLoopException) && !hidden(file)) {
                failures.add(new ImportReport.Failure(file.toString(), reason(e)));
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean hidden(Path file) {
            return !file.equals(base) && file.getFileName().toString().startsWith(".");
        }
    }
}
