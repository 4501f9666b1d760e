package io.mcpserver.data.lines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.CollectionNames;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.DocumentRules;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoredDocument;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The text of lines, without their ends. A document is {@code {collection, id, version, created, updated, content}}, one
 * that was deleted {@code {collection, id, version, created, deleted}}, settings are {@code {collection, settings:
 * {model?: {name, dimension}, text_fields}}}; times are in RFC 3339, to the microsecond.
 */
public final class StoreLineText {

    /** Characters of one line: the largest document, and what stands around it. */
    public static final int LONGEST = DocumentRules.MAX_CONTENT_BYTES + 10_000;

    private static final String COLLECTION = "collection";
    private static final String ID = "id";
    private static final String VERSION = "version";
    private static final String CREATED = "created";
    private static final String UPDATED = "updated";
    private static final String DELETED = "deleted";
    private static final String CONTENT = "content";
    private static final String SETTINGS = "settings";
    private static final String MODEL = "model";
    private static final String TEXT_FIELDS = "text_fields";
    private static final String NAME = "name";
    private static final String DIMENSION = "dimension";
    private static final Set<String> KEYS = Set.of(COLLECTION, ID, VERSION, CREATED, UPDATED, DELETED, CONTENT);

    private StoreLineText() {}

    public static String write(StoredDocument document) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put(COLLECTION, document.collection())
                .put(ID, document.id())
                .put(VERSION, document.version())
                .put(CREATED, document.created().toString())
                .put(document.deleted() ? DELETED : UPDATED, document.updated().toString());
        if (document.deleted()) {
            return line.toString();
        }
        String head = line.toString();
        String content = DocumentJson.write(document.id(), document.content().orElseThrow());
        return head.substring(0, head.length() - 1) + ",\"" + CONTENT + "\":" + content + "}";
    }

    public static String write(String collection, CollectionSettings settings) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put(COLLECTION, collection);
        ObjectNode json = line.putObject(SETTINGS);
        settings.model()
                .ifPresent(
                        model -> json.putObject(MODEL).put(NAME, model.name()).put(DIMENSION, model.dimension()));
        settings.textFields().forEach(json.putArray(TEXT_FIELDS)::add);
        return line.toString();
    }

    /**
     * Reads a line. A document without version or times is one of version 1, of this moment.
     *
     * @throws BadLineException if it is not what {@link #write} writes, or more than a store takes
     */
    public static StoreLine read(String text) throws BadLineException {
        if (text.length() > LONGEST) {
            throw new BadLineException("is longer than " + LONGEST + " characters");
        }
        try {
            if (!(DocumentJson.readStrictly(text) instanceof ObjectNode line)) {
                throw new BadLineException("is no JSON object");
            }
            return line.has(SETTINGS) ? settings(line) : document(line);
        } catch (JsonProcessingException e) {
            throw new BadLineException(
                    "is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (StoreException e) {
            throw new BadLineException("is refused: " + e.getMessage());
        }
    }

    private static StoreLine document(ObjectNode line) throws BadLineException {
        List<String> names = new ArrayList<>();
        line.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!KEYS.contains(name)) {
                throw new BadLineException("has the key \"" + name + "\", which no line of an export has: a line is"
                        + " {collection, id, content} with version, created and updated, or a collection's settings");
            }
        }
        String id = text(line, ID);
        Optional<ObjectNode> content = content(line);
        Instant now = Instant.now();
        Instant created = time(line, CREATED).orElse(now);
        Instant updated = time(line, content.isPresent() ? UPDATED : DELETED).orElse(created);
        StoredDocument document =
                new StoredDocument(text(line, COLLECTION), id, version(line), created, updated, content);
        DocumentRules.checkStored(List.of(document));
        if (content.isPresent()) {
            DocumentJson.write(id, content.get());
        }
        return new StoreLine.Stored(document);
    }

    private static Optional<ObjectNode> content(ObjectNode line) throws BadLineException {
        if (line.get(CONTENT) instanceof ObjectNode content && !line.has(DELETED)) {
            return Optional.of(content);
        }
        if (line.has(DELETED) && !line.has(CONTENT) && !line.has(UPDATED)) {
            return Optional.empty();
        }
        throw new BadLineException("must have \"content\", a JSON object, or \"deleted\", a time");
    }

    private static long version(ObjectNode line) throws BadLineException {
        JsonNode version = line.get(VERSION);
        if (version == null) {
            return 1;
        }
        if (!version.isIntegralNumber() || !version.canConvertToLong() || version.longValue() > 1L << 53) {
            throw new BadLineException("has a \"version\" that is no whole number of at most 2^53");
        }
        return version.longValue();
    }

    private static StoreLine settings(ObjectNode line) throws BadLineException {
        String collection = CollectionNames.check(text(line, COLLECTION));
        JsonNode settings = line.get(SETTINGS);
        if (line.size() != 2 || !settings.isObject()) {
            throw new BadLineException("must have \"collection\" and \"settings\", an object, and nothing else");
        }
        Optional<CollectionSettings.Model> model = Optional.empty();
        if (settings.get(MODEL) instanceof ObjectNode json) {
            int dimension = json.path(DIMENSION).asInt();
            if (dimension < 1) {
                throw new BadLineException("has a \"model\" without a \"dimension\" of 1 or more");
            }
            model = Optional.of(new CollectionSettings.Model(text(json, NAME), dimension));
        }
        List<String> fields = new ArrayList<>();
        if (settings.get(TEXT_FIELDS) instanceof ArrayNode array) {
            for (JsonNode field : array) {
                FieldPath.parse(field.asText());
                fields.add(field.asText());
            }
        }
        return new StoreLine.Settings(collection, new CollectionSettings(model, List.copyOf(fields)));
    }

    private static String text(ObjectNode line, String key) throws BadLineException {
        JsonNode value = line.get(key);
        if (value == null || !value.isTextual()) {
            throw new BadLineException("must have \"" + key + "\", a text");
        }
        return value.textValue();
    }

    private static Optional<Instant> time(ObjectNode line, String key) throws BadLineException {
        if (!line.has(key)) {
            return Optional.empty();
        }
        try {
            Instant time = OffsetDateTime.parse(text(line, key)).toInstant();
            return Optional.of(FieldPath.time(FieldPath.micros(time)));
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadLineException("has \"" + key + "\", which is no time such as 2026-01-31T12:00:00Z");
        }
    }
}
