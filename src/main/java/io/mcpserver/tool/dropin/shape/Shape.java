package io.mcpserver.tool.dropin.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A type of Java as JSON.
 *
 * <p>Threads: safe for any number of callers.
 */
interface Shape {

    /** What JSON a value of the type may be; the caller's own. */
    ObjectNode schema(SchemaPath path);

    /**
     * The value that a JSON stands for.
     *
     * @param where it stands among the arguments, such as {@code when} or {@code people[0].name}
     * @throws io.mcpserver.error.CodedException {@code INVALID_ARGUMENT} if it stands for none
     */
    Object read(JsonNode json, String where);
}
