package io.mcpserver.tool.source;

import io.mcpserver.error.ErrorCode;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What drivers say of which only the rules of JDBC are known: by the class of the failure, then by its state. */
final class ForeignFault {

    /** Some repeat the statement below. */
    private static final Pattern STATEMENT = Pattern.compile("[;,:]? *(SQL statement|SQL|Query)( is)?: *$");

    /** A shorter text is found in too many words that have nothing to do with it. */
    private static final int SHORTEST_SECRET = 4;

    private ForeignFault() {}

    /** @param byState for a failure that has a state and no telling class */
    static ErrorCode code(SQLException e, Dialect dialect, Function<SQLException, ErrorCode> byState) {
        if (e instanceof SQLTimeoutException) {
            return ErrorCode.TIMEOUT;
        }
        if (SourceFault.isAway(e) || e instanceof SQLInvalidAuthorizationSpecException) {
            return ErrorCode.STORE_UNAVAILABLE;
        }
        if (e instanceof SQLFeatureNotSupportedException) {
            return ErrorCode.UNSUPPORTED;
        }
        if (e instanceof SQLTransactionRollbackException) {
            return ErrorCode.CONFLICT;
        }
        if (dialect == Dialect.SQLITE) {
            return sqlite(e.getErrorCode());
        }
        boolean hasState = e.getSQLState() != null && !e.getSQLState().isEmpty();
        return hasState ? byState.apply(e) : ErrorCode.INVALID_ARGUMENT;
    }

    /** SQLite has numbers in place of states; what is above the lowest byte says more of the same. */
    private static ErrorCode sqlite(int number) {
        return switch (number & 0xFF) {
            case 5, 6 -> ErrorCode.CONFLICT;
            case 8 -> ErrorCode.UNSUPPORTED;
            case 9 -> ErrorCode.TIMEOUT;
            case 7, 18 -> ErrorCode.TOO_LARGE;
            case 13 -> ErrorCode.DISK_FULL;
            case 10, 11, 14, 26 -> ErrorCode.STORE_UNAVAILABLE;
            default -> ErrorCode.INVALID_ARGUMENT;
        };
    }

    /** The words without the statement, and without what stands in the configuration of the source. */
    static String words(String said, List<String> secrets) {
        String words = STATEMENT.matcher(said).replaceFirst("");
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST_SECRET) {
                words = words.replace(secret, "…");
            }
        }
        return words;
    }
}
