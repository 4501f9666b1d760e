package io.mcpserver.storage.tinydb;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionNames;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file of TinyDB holds.
 *
 * @param collections the tables that are collections, by the collection's name, with their rows in the order of the file
 * @param others tables whose names no collection can have; kept as they are
 */
record TinyDbTables(Map<String, List<TinyDbRow>> collections, Map<String, JsonNode> others) {

    static final TinyDbTables EMPTY = new TinyDbTables(Map.of(), Map.of());

    /** The collection that stands in TinyDB's default table. */
    static final String DEFAULT_COLLECTION = "default";

    static final String DEFAULT_TABLE = "_default";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    /** Objects around the content of a document. */
    private static final int AROUND = 3;

    private static final JsonMapper MAPPER = DocumentJson.mapper(AROUND);

    /** The name of the table of a collection. */
    static String table(String collection) {
        return collection.equals(DEFAULT_COLLECTION) ? DEFAULT_TABLE : collection;
    }

    /**
     * Reads a file; an empty one is an empty database.
     *
     * @param file for messages
     * @throws StoreException {@code STORE_UNAVAILABLE} if it is no file of TinyDB or holds what no store takes; says where
     */
    static TinyDbTables read(Path file, byte[] bytes) {
        if (bytes.length == 0) {
            return EMPTY;
        }
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused(file, parser, "it must hold one JSON object, of tables");
            }
            Map<String, List<TinyDbRow>> collections = new LinkedHashMap<>();
            Map<String, JsonNode> others = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String table = parser.currentName();
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw refused(file, parser, "the table '" + table + "' must be an object of numbered documents");
                }
                Optional<String> collection = collection(table);
                if (collection.isPresent()) {
                    collections.put(collection.get(), rows(file, parser, table));
                } else {
                    others.put(table, DocumentJson.simplify(parser.readValueAsTree()));
                }
            }
            if (parser.nextToken() != null) {
                throw refused(file, parser, "something follows the end of the object");
            }
            return new TinyDbTables(collections, others);
        } catch (JacksonException e) {
            throw refused(file, e.getLocation(), "it is no JSON there: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw refused(file, JsonLocation.NA, "it cannot be read", e);
        }
    }

    /** The collection of a table; empty where no collection can have its name. */
    static Optional<String> collection(String table) {
        if (table.equals(DEFAULT_TABLE)) {
            return Optional.of(DEFAULT_COLLECTION);
        }
        return Optional.of(table).filter(name -> CollectionNames.isValid(name) && !name.equals(DEFAULT_COLLECTION));
    }

    private static List<TinyDbRow> rows(Path file, JsonParser parser, String table) throws IOException {
        Map<Long, TinyDbRow> rows = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String place = "document " + name + " of the table '" + table + "'";
            if (!NUMBER.matcher(name).matches()) {
                throw refused(file, parser, place + " must have a whole number for its key");
            }
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused(file, parser, place + " must be an object");
            }
            JsonLocation where = parser.currentLocation();
            ObjectNode fields = DocumentJson.simplify(parser.readValueAsTree());
            try {
                long number = Long.parseLong(name);
                // As in Python, the last of two with the same key counts.
                rows.put(number, TinyDbRow.read(number, fields));
            } catch (StoreException e) {
                throw refused(file, where, place + " cannot be taken: " + e.getMessage(), e);
            }
        }
        return new ArrayList<>(rows.values());
    }

    private static StoreException refused(Path file, JsonParser parser, String why) {
        return refused(file, parser.currentLocation(), why, null);
    }

    private static StoreException refused(Path file, JsonLocation where, String why, Exception cause) {
        String place = where == null || where.getLineNr() < 1
                ? ""
                : ", line " + where.getLineNr() + ", column " + where.getColumnNr();
        String end = why.endsWith(".") ? "" : ".";
        return new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "The file " + file + place + ": " + why + end
                        + " It is left as it is; mend it, or put a good one in its place.",
                cause);
    }
}
