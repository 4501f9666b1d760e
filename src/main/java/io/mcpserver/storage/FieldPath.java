package io.mcpserver.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpserver.error.ErrorCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a value is in a document: one of its own properties, or a way through its content.
 *
 * <p>Times are values too: microseconds since the epoch, so that they compare as numbers.
 *
 * @param property the document's own property; empty for a way through the content
 * @param segments object keys or array indexes, outermost first; empty for a property
 */
public record FieldPath(Optional<Property> property, List<String> segments) {

    /** What a document has besides its content. */
    public enum Property {
        ID,
        VERSION,
        CREATED,
        UPDATED
    }

    /** Characters of a path. */
    public static final int MAX_LENGTH = 1_000;

    /** Segments of a path. */
    public static final int MAX_SEGMENTS = 50;

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    /**
     * Reads a dotted path; see {@link Filter} for what it may be.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} if it is empty, has an empty segment, is too long, or
     *     holds what no key can hold
     */
    public static FieldPath parse(String path) {
        if (path == null || path.isEmpty() || path.length() > MAX_LENGTH) {
            throw invalid(path, "a path has 1 to " + MAX_LENGTH + " characters");
        }
        if (path.indexOf('\0') >= 0 || DocumentRules.hasLoneSurrogate(path)) {
            throw invalid(path, "a path holds neither NUL nor half of a surrogate pair");
        }
        List<String> segments = List.of(path.split("\\.", -1));
        if (segments.size() > MAX_SEGMENTS) {
            throw invalid(path, "a path has at most " + MAX_SEGMENTS + " parts");
        }
        if (segments.contains("")) {
            throw invalid(path, "it has an empty part; write it like author.name or tags.0");
        }
        if (segments.size() == 1 && property(path).isPresent()) {
            return new FieldPath(property(path), List.of());
        }
        boolean escaped = segments.size() > 1
                && segments.getFirst().equals("content")
                && property(segments.get(1)).isPresent();
        return new FieldPath(Optional.empty(), escaped ? segments.subList(1, segments.size()) : segments);
    }

    /** The dotted form that {@link #parse} reads as this path. */
    public String text() {
        if (property.isPresent()) {
            return property.get().name().toLowerCase(Locale.ROOT);
        }
        String dotted = String.join(".", segments);
        return property(segments.getFirst()).isPresent() ? "content." + dotted : dotted;
    }

    /** The value at this path; a missing node where there is none. */
    public JsonNode valueIn(Document document) {
        return property.map(own -> own(own, document)).orElseGet(() -> within(document.content()));
    }

    /**
     * Brings a value that is to be compared with this path into the form that {@link #valueIn} gives.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} if a time is compared with what is no time
     */
    public JsonNode operand(JsonNode value) {
        if (!isTime() || value.isNull()) {
            return value;
        }
        Optional<Instant> time = value.isTextual() ? time(value.textValue()) : Optional.empty();
        return LongNode.valueOf(micros(time.orElseThrow(() -> new StoreException(
                ErrorCode.INVALID_ARGUMENT,
                "'" + property.orElseThrow().name().toLowerCase(Locale.ROOT)
                        + "' is compared with times like \"2026-01-31T12:00:00Z\", not with "
                        + Quoted.text(value.toString()) + "."))));
    }

    /** Whether the values of this path are times. */
    public boolean isTime() {
        return property.filter(own -> own == Property.CREATED || own == Property.UPDATED)
                .isPresent();
    }

    /** Whole microseconds since the epoch. */
    public static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    /** The time that {@link #micros} gave. */
    public static Instant time(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    private JsonNode within(JsonNode content) {
        JsonNode at = content;
        for (String segment : segments) {
            if (at.isArray() && INDEX.matcher(segment).matches()) {
                at = at.path(Integer.parseInt(segment));
            } else {
                at = at.isObject() ? at.path(segment) : MissingNode.getInstance();
            }
        }
        return at;
    }

    private static JsonNode own(Property property, Document document) {
        return switch (property) {
            case ID -> TextNode.valueOf(document.id());
            case VERSION -> LongNode.valueOf(document.version());
            case CREATED -> LongNode.valueOf(micros(document.created()));
            case UPDATED -> LongNode.valueOf(micros(document.updated()));
        };
    }

    private static Optional<Property> property(String name) {
        return switch (name) {
            case "id" -> Optional.of(Property.ID);
            case "version" -> Optional.of(Property.VERSION);
            case "created" -> Optional.of(Property.CREATED);
            case "updated" -> Optional.of(Property.UPDATED);
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> time(String text) {
        try {
            if (text.length() == "2026-01-31".length()) {
                return Optional.of(
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            Instant time = OffsetDateTime.parse(text).toInstant();
            micros(time);
            return Optional.of(time);
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static StoreException invalid(String path, String why) {
        return new StoreException(
                ErrorCode.INVALID_ARGUMENT, "The path " + Quoted.text(path) + " is not valid: " + why + ".");
    }
}
