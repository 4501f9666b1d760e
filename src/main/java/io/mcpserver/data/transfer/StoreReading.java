package io.mcpserver.data.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.util.Collection;
import java.util.Optional;

/** Reads a store at one instant, through whatever way leads to it. Not for several threads. */
public final class StoreReading implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataLine line;
    private final JsonNode begun;

    private StoreReading(DataLine line, JsonNode begun) {
        this.line = line;
        this.begun = begun;
    }

    /**
     * The instant is now.
     *
     * @param collections that are wanted; empty: all
     * @param deleted whether ids are wanted of which the document was deleted
     */
    public static StoreReading begin(DataLine line, Collection<String> collections, boolean deleted) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode().put("deleted", deleted);
        collections.forEach(asked.putArray("collections")::add);
        return new StoreReading(line, json(line.ask(Operation.SNAPSHOT, asked.toString())));
    }

    public static JsonNode json(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The server's answer is no JSON.", e);
        }
    }

    /** Documents of all collections at the instant. */
    public long documents() {
        return begun.path("documents").asLong();
    }

    /** Ids at the instant of which the document was deleted. */
    public long deletedIds() {
        return begun.path("deleted").asLong();
    }

    /** How many of the first lines are settings. */
    public long settings() {
        return begun.path("settings").asLong();
    }

    public long sequence() {
        return begun.path("sequence").asLong();
    }

    /** The engine that the store is in. */
    public String engine() {
        return begun.path("engine").asText();
    }

    /** The version of the program that holds the store. */
    public String program() {
        return begun.path("program").asText();
    }

    /** The next lines, each with its end; empty after the last. */
    public Optional<String> next() {
        String lines = line.ask(Operation.PAGE, begun.path("id").asText());
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
    }

    @Override
    public void close() {
        line.ask(Operation.END, begun.path("id").asText());
    }
}
