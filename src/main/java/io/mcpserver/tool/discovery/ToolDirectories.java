package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The folders in which tools lie. Their own files are looked at, not those of folders in them, and none that is hidden; a
 * link is followed as long as it stays inside its folder, as those of a volume of Kubernetes do.
 */
final class ToolDirectories implements ToolPlaces {

    static final int MOST_FILES = 5_000;
    static final long MOST_BYTES = 64L << 20;

    private final List<Path> directories;
    private final Predicate<Path> takes;

    /** @param takes whether a file of this name is one of tools */
    ToolDirectories(List<Path> directories, Predicate<Path> takes) {
        this.directories = directories;
        this.takes = takes;
    }

    /** Those in which a server of this configuration looks. */
    static ToolDirectories of(ServerConfig config, ToolFormats formats) {
        ServerConfig.Tools tools = config.tools();
        return new ToolDirectories(tools.autoDiscover() ? tools.directories() : List.of(), formats::takes);
    }

    /** Looks; folders that are not there are empty. */
    @Override
    public Listing look() {
        List<FoundFile> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<Path> unreadable = new LinkedHashSet<>();
        Set<Path> seen = new LinkedHashSet<>();
        for (Path directory : directories) {
            Path folder = directory.toAbsolutePath().normalize();
            try {
                Path real = folder.toRealPath();
                if (seen.add(real)) {
                    entries(folder, real, files);
                }
            } catch (NoSuchFileException e) {
                // It may come.
            } catch (NotDirectoryException e) {
                problems.add(problem(folder, "is no folder; tools.directories names folders"));
            } catch (IOException e) {
                unreadable.add(folder);
                problems.add(problem(folder, "cannot be read by this user; its tools stay as they are"));
            }
        }
        if (files.size() > MOST_FILES) {
            problems.add(problem(
                    files.get(MOST_FILES).path().getParent(),
                    "has too many files of tools: of %,d, the first %,d are read; put several tools in a file"
                            .formatted(files.size(), MOST_FILES)));
            return new Listing(List.copyOf(files.subList(0, MOST_FILES)), problems, unreadable);
        }
        return new Listing(files, problems, unreadable);
    }

    private void entries(Path folder, Path real, List<FoundFile> files) throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".") && takes.test(entry)) {
                    names.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(Comparator.comparing(name -> name.getFileName().toString()));
        for (Path name : names) {
            found(name, real).ifPresent(files::add);
        }
    }

    /** Empty where there is nothing: a folder, or what was removed in between. */
    static Optional<FoundFile> found(Path path, Path realFolder) throws IOException {
        try {
            BasicFileAttributes own = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!own.isSymbolicLink()) {
                return of(path, own, Optional.empty());
            }
            Optional<String> fault = path.toRealPath().startsWith(realFolder)
                    ? Optional.empty()
                    : Optional.of("is a link to a file outside of its folder; copy the file instead");
            return of(path, Files.readAttributes(path, BasicFileAttributes.class), fault);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<FoundFile> of(Path path, BasicFileAttributes attributes, Optional<String> fault) {
        if (attributes.isDirectory()) {
            return Optional.empty();
        }
        Optional<String> why = fault;
        if (!attributes.isRegularFile()) {
            why = Optional.of("is no regular file");
        } else if (attributes.size() > MOST_BYTES) {
            why = Optional.of("is too large: %,d bytes, at most %,d".formatted(attributes.size(), MOST_BYTES));
        }
        return Optional.of(new FoundFile(path, shown(path), FoundFile.Stamp.of(attributes), why));
    }

    private static Problem problem(Path folder, String message) {
        return new Problem(Problem.Severity.ERROR, shown(folder), 0, 0, "", message, Optional.empty());
    }

    /** Below the working directory as seen from there. */
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path shown = path.startsWith(here) && !path.equals(here) ? here.relativize(path) : path;
        return shown.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
