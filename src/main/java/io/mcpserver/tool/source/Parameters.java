package io.mcpserver.tool.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds JSON values to a statement: numbers, booleans and null as themselves, arrays as arrays of SQL, objects as the text
 * of their JSON.
 *
 * <p>To PostgreSQL texts go without a type, so that it takes the one that the statement has in that place, such as a date.
 */
final class Parameters {

    /** Beyond it, a number is no decimal that databases can hold. */
    private static final int MOST_SCALE = 400;

    private final Dialect dialect;
    private final PreparedStatement statement;

    Parameters(Dialect dialect, PreparedStatement statement) {
        this.dialect = dialect;
        this.statement = statement;
    }

    /** @param values in the order of the statement; null and missing are bound as null */
    void bind(List<JsonNode> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            bind(i + 1, values.get(i));
        }
    }

    private void bind(int index, JsonNode value) throws SQLException {
        switch (value.getNodeType()) {
            case NULL, MISSING -> nothing(index);
            case BOOLEAN -> statement.setBoolean(index, value.booleanValue());
            case NUMBER -> statement.setObject(index, number(value));
            case ARRAY -> array(index, value);
            case STRING -> text(index, value.textValue());
            default -> text(index, value.toString());
        }
    }

    private void nothing(int index) throws SQLException {
        try {
            statement.setNull(index, dialect == Dialect.POSTGRESQL ? Types.OTHER : Types.NULL);
        } catch (SQLException e) {
            if (!dialect.isForeign()) {
                throw e;
            }
            statement.setNull(index, Types.VARCHAR);
        }
    }

    private void text(int index, String text) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            statement.setObject(index, text, Types.OTHER);
        } else {
            statement.setString(index, text);
        }
    }

    /** The smallest type that holds it, which databases widen by themselves. */
    private Object number(JsonNode value) {
        if (value.isIntegralNumber()) {
            if (value.canConvertToInt()) {
                return value.intValue();
            }
            return value.canConvertToLong() ? (Object) value.longValue() : new BigDecimal(value.bigIntegerValue());
        }
        if (!hasDecimals()) {
            return value.doubleValue();
        }
        BigDecimal decimal = value.decimalValue();
        return Math.abs(decimal.scale()) > MOST_SCALE ? (Object) value.doubleValue() : decimal;
    }

    /** To SQLite a decimal would be a text, which is greater than any number. */
    private boolean hasDecimals() {
        return dialect != Dialect.DUCKDB && dialect != Dialect.SQLITE;
    }

    private void array(int index, JsonNode array) throws SQLException {
        String type = elementType(array);
        if (type.equals("text") && dialect == Dialect.POSTGRESQL) {
            statement.setObject(index, literal(array), Types.OTHER);
            return;
        }
        List<Object> elements = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            elements.add(element(element, type));
        }
        if (dialect.isForeign()) {
            foreignArray(index, type, elements);
            return;
        }
        Array made = statement.getConnection().createArrayOf(name(type), elements.toArray());
        statement.setArray(index, made);
    }

    private void foreignArray(int index, String type, List<Object> elements) throws SQLException {
        Throwable fault = null;
        try {
            Array made = statement.getConnection().createArrayOf(name(type), elements.toArray());
            if (made != null) {
                statement.setArray(index, made);
                return;
            }
        } catch (SQLException | UnsupportedOperationException | LinkageError e) {
            if (e instanceof SQLException failed && SourceFault.isAway(failed)) {
                throw failed;
            }
            fault = e;
        }
        throw new CodedException(
                ErrorCode.UNSUPPORTED,
                "The driver of this database takes no lists; the author of the tool has to take single values, or the list"
                        + " as a text of JSON.",
                fault);
    }

    /** What all elements are: integer, number, boolean, or else text. */
    private static String elementType(JsonNode array) {
        String type = "";
        for (JsonNode element : array) {
            String one = element.isNull()
                    ? type
                    : element.isIntegralNumber() && element.canConvertToLong()
                            ? "integer"
                            : element.isNumber() ? "number" : element.isBoolean() ? "boolean" : "text";
            if (type.isEmpty() || type.equals(one)) {
                type = one;
            } else {
                type = isNumeric(type) && isNumeric(one) ? "number" : "text";
            }
        }
        return type.isEmpty() ? "text" : type;
    }

    private static boolean isNumeric(String type) {
        return type.equals("integer") || type.equals("number");
    }

    private Object element(JsonNode element, String type) {
        if (element.isNull()) {
            return null;
        }
        return switch (type) {
            case "integer" -> element.longValue();
            case "number" -> hasDecimals() ? (Object) element.decimalValue() : element.doubleValue();
            case "boolean" -> element.booleanValue();
            default -> element.isTextual() ? element.textValue() : element.toString();
        };
    }

    private String name(String type) {
        boolean postgresql = dialect == Dialect.POSTGRESQL;
        return switch (type) {
            case "integer" -> postgresql ? "int8" : "BIGINT";
            case "number" -> postgresql ? "numeric" : hasDecimals() ? "DECIMAL" : "DOUBLE";
            case "boolean" -> postgresql ? "bool" : "BOOLEAN";
            default -> "VARCHAR";
        };
    }

    /** An array as PostgreSQL writes it, for it to take the type of the place. */
    private static String literal(JsonNode array) {
        StringBuilder text = new StringBuilder("{");
        for (JsonNode element : array) {
            if (text.length() > 1) {
                text.append(',');
            }
            if (element.isNull()) {
                text.append("NULL");
            } else if (element.isArray()) {
                text.append(literal(element));
            } else {
                String plain = element.isTextual() ? element.textValue() : element.toString();
                text.append('"')
                        .append(plain.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
        }
        return text.append('}').toString();
    }
}
