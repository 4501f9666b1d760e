package io.mcpserver.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** JSON: one object is one document, an array of objects is many; each stays as it is. */
final class JsonReader implements PartReader {

    @Override
    public List<Part> read(String path, String text) throws BadFileException {
        JsonNode json = JsonText.parse(text, 1);
        if (json instanceof ObjectNode object) {
            return List.of(JsonText.part(object));
        }
        if (!json.isArray()) {
            throw new BadFileException("must hold an object or an array of objects");
        }
        List<Part> parts = new ArrayList<>();
        for (JsonNode item : json) {
            if (!(item instanceof ObjectNode object)) {
                throw new BadFileException("item %d of the array must be an object".formatted(parts.size() + 1));
            }
            parts.add(JsonText.part(object));
        }
        return parts;
    }
}
