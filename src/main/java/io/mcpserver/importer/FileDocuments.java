package io.mcpserver.importer;

import io.mcpserver.storage.DocumentToSave;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The documents of one file, with their ids.
 *
 * @param numbered how many of them have an id that follows from where the file is
 */
record FileDocuments(SourceFile source, List<DocumentToSave> documents, int numbered) {

    static FileDocuments read(SourceFile source) throws BadFileException {
        List<Part> parts = source.kind().reader().read(source.path(), FileText.of(source));
        List<DocumentToSave> documents = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        int numbered = 0;
        for (Part part : parts) {
            String id = part.id().orElse(null);
            if (id == null) {
                numbered++;
                id = PartIds.of(source, numbered);
            }
            documents.add(new DocumentToSave(id, part.content()));
            Integer before = places.putIfAbsent(id, documents.size());
            if (before != null) {
                throw new BadFileException(
                        "documents %d and %d have the same id \"%s\"".formatted(before, documents.size(), id));
            }
        }
        return new FileDocuments(source, documents, numbered);
    }
}
