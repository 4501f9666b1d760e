package io.mcpserver.tool.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Picks some fields of a document's content. */
public final class Projection {

    private Projection() {}

    /**
     * The content reduced to the fields at the dotted paths, in its own nesting; fields that do not
     * exist are absent. A number in a path goes into an array, and gives an object with that number as
     * its name.
     */
    public static ObjectNode of(ObjectNode content, List<String> paths) {
        ObjectNode picked = JsonNodeFactory.instance.objectNode();
        for (String path : paths) {
            copy(content, picked, path.startsWith("content.") && !content.has("content") ? path.substring(8) : path);
        }
        return picked;
    }

    private static void copy(JsonNode from, ObjectNode to, String path) {
        JsonNode whole = child(from, path);
        if (!whole.isMissingNode()) {
            to.set(path, whole);
            return;
        }
        int dot = path.indexOf('.');
        if (dot < 0) {
            return;
        }
        String head = path.substring(0, dot);
        JsonNode next = child(from, head);
        if (next.isContainerNode()) {
            ObjectNode nested = to.get(head) instanceof ObjectNode there ? there : to.objectNode();
            copy(next, nested, path.substring(dot + 1));
            if (!nested.isEmpty()) {
                to.set(head, nested);
            }
        }
    }

    private static JsonNode child(JsonNode node, String name) {
        if (node.isArray()) {
            return name.matches("\\d{1,9}") ? node.path(Integer.parseInt(name)) : node.path(-1);
        }
        return node.path(name);
    }
}
