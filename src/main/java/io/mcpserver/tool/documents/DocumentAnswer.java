package io.mcpserver.tool.documents;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.Document;

/** A document in the form that agents see: {@code {id, content, version, created, updated}}. */
public final class DocumentAnswer {

    private DocumentAnswer() {}

    public static ObjectNode of(Document document) {
        return of(document, document.content());
    }

    /** The document with other content in place of its own. */
    public static ObjectNode of(Document document, ObjectNode content) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", document.id());
        json.set("content", content);
        json.put("version", document.version());
        json.put("created", document.created().toString());
        json.put("updated", document.updated().toString());
        return json;
    }
}
