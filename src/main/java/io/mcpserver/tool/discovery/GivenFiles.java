package io.mcpserver.tool.discovery;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Files that somebody names, wherever they lie. Each is looked at as if its folder were one of tools.
 *
 * @param takes whether a file of this name is one of tools
 */
record GivenFiles(List<Path> files, Predicate<Path> takes) implements ToolPlaces {

    private static final FoundFile.Stamp NOTHING_SEEN = new FoundFile.Stamp(0, FileTime.fromMillis(0), "");

    @Override
    public Listing look() {
        return new Listing(
                files.stream()
                        .map(file -> found(file.toAbsolutePath().normalize()))
                        .toList(),
                List.of(),
                Set.of());
    }

    private FoundFile found(Path file) {
        if (!takes.test(file)) {
            return refused(file, "is of no format that holds tools");
        }
        try {
            return ToolDirectories.found(file, file.getParent().toRealPath())
                    .orElseGet(() -> refused(file, "is not there, or is a folder"));
        } catch (IOException e) {
            return refused(file, "cannot be read by this user");
        }
    }

    private static FoundFile refused(Path file, String why) {
        return new FoundFile(file, ToolDirectories.shown(file), NOTHING_SEEN, Optional.of(why));
    }
}
