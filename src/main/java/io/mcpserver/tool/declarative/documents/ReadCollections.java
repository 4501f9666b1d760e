package io.mcpserver.tool.declarative.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.tool.declarative.KindBody;
import java.util.Optional;
import java.util.Set;

/** Which collections a tool reads. */
final class ReadCollections {

    static final String KEY = "collection";

    private ReadCollections() {}

    /** The one that is named; empty where none is, or where an input names it. */
    static Optional<Set<String>> named(KindBody body) {
        JsonNode collection = body.json().path(KEY);
        return collection.isTextual() && !collection.textValue().contains("${")
                ? Optional.of(Set.of(collection.textValue()))
                : Optional.empty();
    }
}
