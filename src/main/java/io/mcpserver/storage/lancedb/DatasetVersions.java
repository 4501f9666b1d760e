package io.mcpserver.storage.lancedb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.lancedb.dataset.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The versions of a dataset that may be damaged, as far as their manifests can be read.
 *
 * @param readable newest first
 * @param faults of manifests that cannot be read, each a sentence
 */
record DatasetVersions(Path path, List<Version> readable, List<String> faults) {

    /**
     * One version.
     *
     * @param files of rows, oldest first, with the number of rows that each has
     * @param indexes their folders
     */
    record Version(long number, Map<String, Integer> files, List<String> indexes) {}

    static DatasetVersions read(Path path, RowProcessLine line) throws IOException {
        Versions versions = new Versions(path);
        List<Version> readable = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (long number : versions.exist() ? versions.numbers() : List.<Long>of()) {
            Map<String, Integer> files = new LinkedHashMap<>();
            List<String> indexes = new ArrayList<>();
            Optional<String> why = line.ask(ask("version", number), answer -> {
                if (answer.has("form")) {
                    Table.requireKnownFormat(answer.path("form").asText(), path);
                }
                if (answer.has("file")) {
                    files.put(answer.path("file").asText(), answer.path("rows").asInt());
                } else if (answer.has("index")) {
                    indexes.add(answer.path("index").asText());
                }
            });
            if (why.isEmpty()) {
                readable.add(new Version(number, files, indexes));
            } else {
                faults.add("Version %d of the documents in %s %s.".formatted(number, path, why.get()));
            }
        }
        return new DatasetVersions(path, readable, faults);
    }

    /** A question about a version. */
    static ObjectNode ask(String what, long version) {
        return JsonNodeFactory.instance.objectNode().put("ask", what).put("version", version);
    }

    /** The newest one. */
    Optional<Version> newest() {
        return readable.stream().findFirst();
    }

    /** Files of rows that the newest version does not have. */
    List<String> others() throws IOException {
        TreeSet<String> others = new TreeSet<>();
        Path data = path.resolve("data");
        if (Files.isDirectory(data)) {
            try (Stream<Path> files = Files.list(data)) {
                files.map(file -> file.getFileName().toString()).forEach(others::add);
            }
        }
        newest().ifPresent(version -> others.removeAll(version.files().keySet()));
        return List.copyOf(others);
    }
}
