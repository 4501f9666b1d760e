package io.mcpserver.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** JSON Lines: one object a line; blank lines are passed over. */
final class JsonLinesReader implements PartReader {

    @Override
    public List<Part> read(String path, String text) throws BadFileException {
        List<Part> parts = new ArrayList<>();
        long line = 0;
        for (String row : (Iterable<String>) text.lines()::iterator) {
            line++;
            if (row.isBlank()) {
                continue;
            }
            if (!(JsonText.parse(row, line) instanceof ObjectNode object)) {
                throw new BadFileException(line, "must be a JSON object");
            }
            parts.add(JsonText.part(object));
        }
        return parts;
    }
}
