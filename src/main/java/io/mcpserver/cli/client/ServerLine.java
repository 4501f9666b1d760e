package io.mcpserver.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * A way to one server.
 *
 * <p>Threads: one asks at a time; any may close, which takes back what is asked. Closing: idempotent.
 */
public interface ServerLine extends AutoCloseable {

    /**
     * Asks, and returns the result.
     *
     * @param heard is given what the server says of the request before it answers
     * @throws RefusedException if the answer is an error
     * @throws LineException if there is no answer
     */
    ObjectNode ask(String method, ObjectNode params, Consumer<ObjectNode> heard);

    @Override
    void close();
}
