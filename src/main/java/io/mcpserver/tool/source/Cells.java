package io.mcpserver.tool.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBStruct;

/**
 * The values of one column as JSON: numbers, booleans, arrays and JSON as themselves, bytes in Base64, all else as text;
 * times in RFC 3339, those without a zone without one.
 */
final class Cells {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper READER = new ObjectMapper();

    private final int index;
    private final String name;
    private final String type;
    private final int code;
    private final Optional<ForeignColumn> foreign;

    /**
     * @param index from 1
     * @param most bytes of a result
     */
    Cells(ResultSetMetaData columns, int index, Dialect dialect, int most) throws SQLException {
        this.index = index;
        this.name = columns.getColumnLabel(index);
        this.type = columns.getColumnTypeName(index).replace("\"", "");
        this.code = columns.getColumnType(index);
        this.foreign = dialect.isForeign() ? Optional.of(new ForeignColumn(index, code, most)) : Optional.empty();
    }

    String name() {
        return name;
    }

    /** As the database calls it. */
    String type() {
        return type;
    }

    /** The value in the row that the result set stands on. */
    JsonNode of(ResultSet row) throws SQLException {
        if (foreign.isPresent()) {
            ForeignColumn column = foreign.get();
            return isJson() ? parsed(column.text(row)) : json(column.value(row));
        }
        if (type.equals("timestamptz")) {
            return json(row.getObject(index, OffsetDateTime.class));
        }
        // PostgreSQL's own texts know of infinity and of any range.
        boolean asText = code == Types.DATE || code == Types.TIME || type.equals("timetz") || type.equals("money");
        Object value = asText ? row.getString(index) : row.getObject(index);
        if (value != null && isJson()) {
            return parsed(value.toString());
        }
        return json(value);
    }

    private boolean isJson() {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.equals("json") || lower.equals("jsonb");
    }

    private static JsonNode parsed(String text) {
        if (text == null) {
            return JSON.nullNode();
        }
        try {
            return READER.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.textNode(text);
        }
    }

    private static JsonNode json(Object value) throws SQLException {
        return switch (value) {
            case null -> JSON.nullNode();
            case Boolean flag -> JSON.booleanNode(flag);
            case Double number -> Double.isFinite(number) ? JSON.numberNode(number) : JSON.textNode(number.toString());
            case Float number -> Float.isFinite(number) ? JSON.numberNode(number) : JSON.textNode(number.toString());
            case BigDecimal number -> JSON.numberNode(number);
            case BigInteger number -> JSON.numberNode(number);
            case Number number -> JSON.numberNode(number.longValue());
            case OffsetDateTime time -> JSON.textNode(time(time));
            case Timestamp time -> JSON.textNode(time(time));
            case LocalDateTime time -> JSON.textNode(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
            case byte[] bytes -> JSON.textNode(Base64.getEncoder().encodeToString(bytes));
            case Blob blob -> JSON.textNode(Base64.getEncoder().encodeToString(blob.getBytes(1, (int) blob.length())));
            case Clob clob -> JSON.textNode(clob.getSubString(1, (int) clob.length()));
            case SQLXML xml -> JSON.textNode(xml.getString());
            case java.sql.Array array -> array(array.getArray());
            case DuckDBStruct struct -> object(struct.getMap());
            case Struct struct -> array(struct.getAttributes());
            case Map<?, ?> map -> object(map);
            case Object[] array -> array(array);
            default -> JSON.textNode(value.toString());
        };
    }

    private static ArrayNode array(Object elements) throws SQLException {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < Array.getLength(elements); i++) {
            array.add(json(Array.get(elements, i)));
        }
        return array;
    }

    private static ObjectNode object(Map<?, ?> members) throws SQLException {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            object.set(String.valueOf(member.getKey()), json(member.getValue()));
        }
        return object;
    }

    private static String time(OffsetDateTime time) {
        if (time.equals(OffsetDateTime.MAX)) {
            return "infinity";
        }
        return time.equals(OffsetDateTime.MIN) ? "-infinity" : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private static String time(Timestamp time) {
        if (time.getTime() == Long.MAX_VALUE) {
            return "infinity";
        }
        return time.getTime() == Long.MIN_VALUE
                ? "-infinity"
                : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.toLocalDateTime());
    }
}
