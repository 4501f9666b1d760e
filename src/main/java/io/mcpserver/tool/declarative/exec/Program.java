package io.mcpserver.tool.declarative.exec;

import io.mcpserver.config.SecretText;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program of a tool.
 *
 * @param named absolute, from the folder on where it has a slash, else looked for on {@code PATH}
 */
record Program(String named, Path folder) {

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    /** The file that can be run; empty if there is none. */
    Optional<Path> file() {
        try {
            boolean hasFolder = named.contains("/") || named.contains(File.separator);
            Stream<Path> places = hasFolder
                    ? Stream.of(folder.resolve(named))
                    : Stream.of(path(folder).split(File.pathSeparator)).map(place -> Path.of(place, named));
            return named.isEmpty()
                    ? Optional.empty()
                    : places.flatMap(place -> Stream.of(place, Path.of(place + ".exe")))
                            .filter(place -> Files.isRegularFile(place) && Files.isExecutable(place))
                            .map(place -> place.toAbsolutePath().normalize())
                            .findFirst();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Where programs are looked for. */
    static String path(Path folder) {
        try {
            return SecretText.read("env.PATH", folder);
        } catch (SecretText.Missing e) {
            return USUAL_PATH;
        }
    }
}
