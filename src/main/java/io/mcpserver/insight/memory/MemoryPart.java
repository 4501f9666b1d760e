package io.mcpserver.insight.memory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One part of the memory of a process.
 *
 * @param name of the part
 * @param used bytes in use
 * @param reserved bytes taken from the system for it, which may be more; of threads, what their stacks may grow to
 * @param limit bytes that it may take at most; 0 where nothing says
 * @param note what else is to be known, an empty text for nothing
 */
public record MemoryPart(String name, long used, long reserved, long limit, String note) {

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("used_bytes", used).put("reserved_bytes", reserved);
        if (limit > 0) {
            json.put("limit_bytes", limit);
        }
        return note.isEmpty() ? json : json.put("note", note);
    }
}
