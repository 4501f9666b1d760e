package io.mcpserver.tool.trial;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.ToolFileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The tool files of a configuration, read as a server would, for commands that run without one.
 *
 * <p>For one thread. Closing: gives back what the tools hold.
 */
public final class OfflineTools implements AutoCloseable {

    private static final int MOST_FILES = 5_000;

    private final ServerConfig config;
    private final List<ToolFileFormat> formats =
            ServiceLoader.load(ToolFileFormat.class, ToolFileFormat.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
    private final OfflineParts parts;
    private final List<LoadedFile> loaded = new ArrayList<>();

    public OfflineTools(ServerConfig config) {
        this.config = config;
        this.parts = new OfflineParts(config);
    }

    /** The files in {@code tools.directories}, by folder and name; none that is hidden, nor of folders below. */
    public List<OfflineFile> inDirectories() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path directory : config.tools().directories()) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> all = Files.list(directory)) {
                    all.filter(OfflineTools::isShown)
                            .filter(file -> format(file).isPresent() && !Files.isDirectory(file))
                            .sorted()
                            .limit(MOST_FILES)
                            .forEach(files::add);
                }
            }
        }
        return read(files);
    }

    private static boolean isShown(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }

    /** These files. */
    public List<OfflineFile> read(List<Path> files) {
        Map<String, String> owners = new HashMap<>();
        return files.stream().map(file -> read(file, owners)).toList();
    }

    private OfflineFile read(Path file, Map<String, String> owners) {
        String shown = shown(file);
        LoadedFile read = format(file)
                .map(format ->
                        format.load(file, shown, parts.in(file.toAbsolutePath().getParent())))
                .orElseGet(() -> LoadedFile.broken(List.of(problem(shown, "is of no format that holds tools"))));
        loaded.add(read);
        return new OfflineFile(shown, read, clashes(shown, read.offer(), owners), config);
    }

    private Optional<ToolFileFormat> format(Path file) {
        return formats.stream().filter(format -> format.takes(file)).findFirst();
    }

    private static List<Problem> clashes(String shown, Offer offer, Map<String, String> owners) {
        List<String> names = new ArrayList<>();
        offer.tools().forEach(tool -> names.add("the tool \"" + tool.name() + "\""));
        offer.prompts().forEach(prompt -> names.add("the prompt \"" + prompt.name() + "\""));
        offer.resources().forEach(resource -> names.add("the resource \"" + resource.uri() + "\""));
        List<Problem> clashes = new ArrayList<>();
        for (String name : names) {
            String owner = owners.putIfAbsent(name, shown);
            if (owner != null) {
                clashes.add(problem(shown, name + " is also defined by " + owner + "; rename one of the two"));
            }
        }
        offer.tools().stream()
                .filter(tool -> ToolSchemas.has(tool.name()))
                .forEach(tool -> clashes.add(
                        problem(shown, "the tool \"" + tool.name() + "\" comes with the program; take another name")));
        return clashes;
    }

    private static Problem problem(String shown, String message) {
        return new Problem(Problem.Severity.ERROR, shown, 0, 0, "", message, Optional.empty());
    }

    /** Below the working directory as seen from there. */
    private static String shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = file.toAbsolutePath().normalize();
        return (whole.startsWith(here) ? here.relativize(whole) : whole)
                .toString()
                .replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public void close() {
        loaded.forEach(file -> file.closing().run());
        parts.close();
    }
}
