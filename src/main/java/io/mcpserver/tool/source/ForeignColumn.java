package io.mcpserver.tool.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/**
 * One column of a driver of which only what JDBC promises is known: its values as types of the JDK, and whatever else a
 * driver may give as the text that it makes of it. For one thread.
 */
final class ForeignColumn {

    private final int index;
    private final int code;
    private final int most;
    private boolean modern = true;

    /**
     * @param index from 1
     * @param code of {@link Types}
     * @param most bytes that fit into a result; of a longer value so much is read that it does not fit
     */
    ForeignColumn(int index, int code, int most) {
        this.index = index;
        this.code = code;
        this.most = most;
    }

    /** The value in the row that the result set stands on, or null. */
    Object value(ResultSet row) throws SQLException {
        return switch (code) {
            // Their texts know of any date.
            case Types.DATE, Types.TIME, Types.TIME_WITH_TIMEZONE, Types.ROWID -> text(row);
            // An object of Java in a column is not to come to life here.
            case Types.JAVA_OBJECT -> row.getBytes(index);
            case Types.TIMESTAMP -> time(row);
            case Types.TIMESTAMP_WITH_TIMEZONE -> zoned(row);
            default -> known(row.getObject(index), row);
        };
    }

    /** The value as the driver writes it, or null. */
    String text(ResultSet row) throws SQLException {
        return row.getString(index);
    }

    private Object known(Object value, ResultSet row) throws SQLException {
        return switch (value) {
            case null -> null;
            case Boolean flag -> flag;
            case Double number -> number;
            case Float number -> number;
            case BigDecimal number -> number;
            case BigInteger number -> number;
            case Long number -> number;
            case Integer number -> number;
            case Short number -> number;
            case Byte number -> number;
            case String text -> text;
            case byte[] bytes -> bytes;
            case OffsetDateTime time -> time;
            case LocalDateTime time -> time;
            case Timestamp time -> time;
            case Array array -> array;
            case Clob text -> text(text);
            case Blob bytes -> bytes(bytes);
            default -> text(row);
        };
    }

    private String text(Clob text) throws SQLException {
        String read = text.getSubString(1, (int) Math.min(text.length(), most + 1L));
        text.free();
        return read;
    }

    private byte[] bytes(Blob bytes) throws SQLException {
        byte[] read = bytes.getBytes(1, (int) Math.min(bytes.length(), most + 1L));
        bytes.free();
        return read;
    }

    /** Without a zone; by way of the zone of this machine, an hour in spring would not exist. */
    private Object time(ResultSet row) throws SQLException {
        if (modern) {
            try {
                return row.getObject(index, LocalDateTime.class);
            } catch (SQLException | LinkageError e) {
                modern = false;
            }
        }
        try {
            return row.getTimestamp(index);
        } catch (SQLException e) {
            return text(row);
        }
    }

    private Object zoned(ResultSet row) throws SQLException {
        try {
            return row.getObject(index, OffsetDateTime.class);
        } catch (SQLException | LinkageError e) {
            return text(row);
        }
    }
}
