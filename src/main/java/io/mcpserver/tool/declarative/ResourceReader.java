package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.file.Surroundings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code resources}. */
final class ResourceReader {

    private static final String RESOURCES = "resources";
    private static final String FILE = "file";
    private static final String TEXT = "text";

    private ResourceReader() {}

    /** @param file of a valid form */
    static List<ResourceSpec> read(JsonNode file, FileFaults faults, Surroundings surroundings) {
        JsonNode all = file.path(RESOURCES);
        YamlToolFiles.unique(all, "/" + RESOURCES, "uri", faults);
        List<ResourceSpec> resources = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            resources.add(resource(all.get(i), "/" + RESOURCES + "/" + i, faults, surroundings));
        }
        return resources;
    }

    private static ResourceSpec resource(
            JsonNode written, String pointer, FileFaults faults, Surroundings surroundings) {
        if (written.has(FILE) == written.has(TEXT)) {
            faults.error(pointer, "needs either text or file");
        }
        String name = written.path("name").asText();
        return new ResourceSpec(
                written.path("uri").asText(),
                name,
                written.path("title").asText(name),
                written.path("description").asText().strip(),
                written.path("mime_type").asText("text/plain"),
                written.has(FILE)
                        ? ofFile(written.path(FILE).asText(), pointer + "/" + FILE, faults, surroundings)
                        : caller -> written.path(TEXT).asText());
    }

    private static ResourceSpec.Reading ofFile(
            String name, String pointer, FileFaults faults, Surroundings surroundings) {
        Path folder = surroundings.directory();
        try {
            Path file = folder.resolve(name);
            NearbyFile nearby = new NearbyFile(folder, file);
            nearby.fault().ifPresent(fault -> faults.error(pointer, fault));
            return caller -> nearby.text();
        } catch (InvalidPathException e) {
            faults.error(pointer, "is not the name of a file");
            return caller -> "";
        }
    }
}
