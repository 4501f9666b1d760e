package io.mcpserver.storage.tinydb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be read of a file of TinyDB that is damaged: document after document, and on behind what is none.
 *
 * @param tables what was read
 * @param guessed documents behind a damage that do not say themselves that they are documents of this program
 * @param broken what lies between the documents
 */
record TinyDbPieces(TinyDbTables tables, List<TinyDbRow> guessed, List<Broken> broken) {

    /**
     * A part of the file that is no document.
     *
     * @param number of the document that was there, if that can be told
     * @param why without a subject
     */
    record Broken(String collection, Optional<Long> number, String why, String rest) {}

    private static final JsonMapper MAPPER = DocumentJson.mapper(3);

    /** What a document, or a table with a document in it or none, begins with. */
    private static final Pattern BEGINNING = Pattern.compile(
            "\"(?<number>-?[0-9]{1,18})\"\\s*:\\s*\\{|\"(?<table>(?:[^\"\\\\\\n]|\\\\.){1,200})\"\\s*:\\s*\\{(?=\\s*(?:\"-?[0-9]{1,18}\"\\s*:\\s*\\{|\\}))");

    private static final Pattern BETWEEN = Pattern.compile("[\\s,{}]*");

    /** Reads the bytes of a file, whatever they are. */
    static TinyDbPieces read(byte[] bytes) {
        return new Reading(bytes).read();
    }

    /** The way through a file. */
    private static final class Reading {

        private final byte[] bytes;
        private final String text;
        private final Map<String, List<TinyDbRow>> tables = new LinkedHashMap<>();
        private final Map<String, JsonNode> others = new LinkedHashMap<>();
        private final List<TinyDbRow> guessed = new ArrayList<>();
        private final List<Broken> broken = new ArrayList<>();

        /** The table that is being read; empty for one whose name no collection can have. */
        private Optional<String> table = Optional.empty();

        private String name = "";

        /** Where what was understood ends. */
        private int understood;

        /** What was the matter with what follows that place, and the number of the document that began there. */
        private String why = "is no document";

        private Optional<Long> number = Optional.empty();

        Reading(byte[] bytes) {
            this.bytes = bytes;
            // A character for a byte, so that places in one are places in the other.
            this.text = new String(bytes, StandardCharsets.ISO_8859_1);
        }

        TinyDbPieces read() {
            Matcher beginning = BEGINNING.matcher(text);
            int from = 0;
            while (beginning.find(from)) {
                from = beginning.group("table") == null
                        ? document(beginning)
                        : table(utf8(beginning.start("table"), beginning.end("table")), beginning);
            }
            between(text.length());
            return new TinyDbPieces(new TinyDbTables(tables, others), guessed, broken);
        }

        /** Returns where to go on. */
        private int table(String named, Matcher at) {
            if (damagedBefore(at.start()) && !ours(next(at.end()))) {
                return at.end();
            }
            between(at.start());
            name = named;
            table = TinyDbTables.collection(named);
            understood = at.end();
            table.ifPresent(collection -> tables.putIfAbsent(collection, new ArrayList<>()));
            return at.end();
        }

        private int document(Matcher at) {
            long found = Long.parseLong(at.group("number"));
            Optional<ObjectNode> fields = object(at.end() - 1);
            boolean swallowed = fields.filter(Reading::holdsDocuments).isPresent();
            if (fields.isEmpty() || swallowed) {
                if (number.isEmpty() && !damagedBefore(at.start())) {
                    number = Optional.of(found);
                    why = swallowed ? "has no end" : "is no JSON";
                }
                return at.end();
            }
            boolean damaged = damagedBefore(at.start());
            if (damaged && !ours(fields) && !beginsLine(at.start())) {
                return at.end();
            }
            between(at.start());
            understood = end(at.end() - 1);
            keep(found, fields.get(), damaged && !ours(fields), at.start());
            return understood;
        }

        private void keep(long found, ObjectNode fields, boolean guess, int start) {
            if (table.isEmpty()) {
                if (others.computeIfAbsent(name, any -> DocumentJson.mapper(1).createObjectNode())
                        instanceof ObjectNode other) {
                    other.set(Long.toString(found), fields);
                }
                return;
            }
            try {
                TinyDbRow row = TinyDbRow.read(found, fields);
                tables.get(table.get()).add(row);
                if (guess) {
                    guessed.add(row);
                }
            } catch (StoreException e) {
                broken.add(new Broken(
                        table.get(), Optional.of(found), "is refused: " + e.getMessage(), utf8(start, understood)));
            }
        }

        /** Takes what lies between what was understood and a place as broken, if there is anything. */
        private void between(int place) {
            if (damagedBefore(place)) {
                broken.add(new Broken(
                        table.orElse(name), number, why, utf8(understood, place).strip()));
            }
            number = Optional.empty();
            why = "is no document";
        }

        private boolean damagedBefore(int place) {
            return !BETWEEN.matcher(text).region(understood, place).matches();
        }

        private boolean beginsLine(int place) {
            int at = place - 1;
            while (at >= 0 && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at--;
            }
            return at < 0 || text.charAt(at) == '\n';
        }

        /** The first document of a table. */
        private Optional<ObjectNode> next(int place) {
            Matcher first = BEGINNING.matcher(text).region(place, text.length());
            return first.find() ? object(first.end() - 1) : Optional.empty();
        }

        private Optional<ObjectNode> object(int place) {
            try (JsonParser parser = MAPPER.createParser(bytes, place, bytes.length - place)) {
                return Optional.of(DocumentJson.simplify(parser.readValueAsTree()));
            } catch (IOException | RuntimeException e) {
                return Optional.empty();
            }
        }

        private int end(int place) {
            try (JsonParser parser = MAPPER.createParser(bytes, place, bytes.length - place)) {
                parser.nextToken();
                parser.skipChildren();
                return place + (int) parser.currentLocation().getByteOffset();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Whether documents are among the fields, as where the end of one is missing. */
        private static boolean holdsDocuments(ObjectNode fields) {
            return fields.properties().stream()
                    .anyMatch(field -> field.getKey().matches("-?[0-9]{1,18}")
                            && field.getValue() instanceof ObjectNode inner
                            && ours(Optional.of(inner)));
        }

        private static boolean ours(Optional<ObjectNode> fields) {
            return fields.filter(found -> found.has("_id") && found.has("_version") && found.has("_updated"))
                    .isPresent();
        }

        private String utf8(int from, int to) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
    }
}
