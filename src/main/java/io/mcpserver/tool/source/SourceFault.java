package io.mcpserver.tool.source;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

/**
 * Turns what a database or its driver says into a failure that a caller can act on: the database's words about the
 * statement and its values, and none about who logs in where.
 */
final class SourceFault {

    private static final System.Logger LOG = System.getLogger(SourceFault.class.getName());
    private static final int MOST_WORDS = 500;

    private final String name;
    private final Dialect dialect;
    private final SourceSecrets secrets;

    /** @param name of the source */
    SourceFault(String name, Dialect dialect, SourceSecrets secrets) {
        this.name = name;
        this.dialect = dialect;
        this.secrets = secrets;
    }

    /** What kept a connection from being made, or from being begun on. */
    CodedException connecting(SQLException e) {
        if (!dialect.isForeign()) {
            return of(e);
        }
        if (e instanceof SQLFeatureNotSupportedException) {
            return new CodedException(
                    ErrorCode.UNSUPPORTED,
                    "The driver of the source %s cannot undo what a statement did, since it has no transactions: it is of no use here."
                            .formatted(name),
                    e);
        }
        LOG.log(Level.WARNING, "The source {0} does not connect: {1}", name, words(e));
        return away(e);
    }

    /** What a statement failed with. */
    CodedException of(SQLException e) {
        ErrorCode code =
                switch (dialect) {
                    case DUCKDB -> e.getSQLState() == null ? embedded(e) : code(e);
                    case POSTGRESQL -> code(e);
                    case SQLITE, OTHER -> ForeignFault.code(e, dialect, SourceFault::code);
                };
        return switch (code) {
            case STORE_UNAVAILABLE -> away(e);
            case TIMEOUT ->
                new CodedException(code, "The database of the source %s stopped the statement.".formatted(name), e);
            case TOO_LARGE ->
                new CodedException(
                        code,
                        "The answer of the source %s is larger than memory allows (%s); ask for less."
                                .formatted(name, words(e)),
                        e);
            default ->
                new CodedException(code, "The database of the source %s refused: %s.".formatted(name, words(e)), e);
        };
    }

    /** Whether the connection is gone, or there never was one. */
    static boolean isAway(SQLException e) {
        String state = state(e);
        return state.startsWith("08")
                || state.startsWith("57P")
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException;
    }

    private static ErrorCode code(SQLException e) {
        String state = state(e);
        if (String.valueOf(e.getMessage()).contains("maxResultBuffer") || state.startsWith("54")) {
            return ErrorCode.TOO_LARGE;
        }
        if (e instanceof SQLTimeoutException || state.equals("57014")) {
            return ErrorCode.TIMEOUT;
        }
        if (isAway(e)) {
            return ErrorCode.STORE_UNAVAILABLE;
        }
        return switch (state) {
            case "25006", "42501" -> ErrorCode.UNSUPPORTED;
            case "40001", "40P01", "55P03" -> ErrorCode.CONFLICT;
            case "53100" -> ErrorCode.DISK_FULL;
            default -> unforeseen(state) ? ErrorCode.STORE_UNAVAILABLE : ErrorCode.INVALID_ARGUMENT;
        };
    }

    /** Login, resources, operators, the system: nothing that a caller's values can bring about. */
    private static boolean unforeseen(String state) {
        return state.isEmpty()
                || state.startsWith("28")
                || state.startsWith("3D")
                || state.startsWith("53")
                || state.startsWith("58")
                || state.startsWith("F0")
                || state.startsWith("XX");
    }

    /** DuckDB has no codes; its messages begin with the kind of the error. */
    private static ErrorCode embedded(SQLException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("Out of Memory Error")) {
            return ErrorCode.TOO_LARGE;
        }
        if (e instanceof SQLTimeoutException || said.startsWith("INTERRUPT")) {
            return ErrorCode.TIMEOUT;
        }
        if (said.contains("read-only mode") || said.startsWith("Permission Error")) {
            return said.startsWith("IO Error") ? ErrorCode.STORE_UNAVAILABLE : ErrorCode.UNSUPPORTED;
        }
        boolean broken = e instanceof SQLTransientConnectionException
                || said.startsWith("IO Error")
                || said.startsWith("Connection Error")
                || said.startsWith("FATAL")
                || said.startsWith("INTERNAL");
        return broken ? ErrorCode.STORE_UNAVAILABLE : ErrorCode.INVALID_ARGUMENT;
    }

    private CodedException away(SQLException e) {
        String why = reason(e);
        LOG.log(Level.WARNING, "The source {0} cannot be used: {1}", name, why);
        return new CodedException(
                ErrorCode.STORE_UNAVAILABLE,
                "The database of the source %s cannot be used: %s. Try again later.".formatted(name, why),
                e);
    }

    /** In words of our own, because those of drivers name addresses and users. */
    private String reason(SQLException e) {
        String state = state(e);
        if (e instanceof SQLTransientConnectionException && state.isEmpty()) {
            return "no connection became free in time (database.pool_size, database.pool_timeout)";
        }
        if (state.startsWith("28")) {
            return "it refuses the login of the server (sources." + name + ".username and password)";
        }
        if (state.startsWith("3D")) {
            return "it does not know the database (sources." + name + ".url)";
        }
        if (state.startsWith("53")) {
            return "it has no room for more work (" + state + ")";
        }
        if (dialect == Dialect.DUCKDB) {
            return "its file is not there, is locked by another process, or is no database";
        }
        return state.startsWith("08001") ? "it does not answer" : "it is away (" + number(e) + ")";
    }

    private static String number(SQLException e) {
        if (!state(e).isEmpty()) {
            return state(e);
        }
        return e.getErrorCode() == 0 ? "no code" : "error " + e.getErrorCode();
    }

    /** The first sentence of the database, with its detail, without where in the statement it stumbled. */
    private String words(SQLException e) {
        String said = String.valueOf(e.getMessage()).strip();
        String text = dialect != Dialect.POSTGRESQL
                ? said.lines().findFirst().orElse("")
                : said.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("Position:"))
                        .reduce((all, line) -> all + "; " + line)
                        .orElse("");
        String plain = text.startsWith("ERROR: ") ? text.substring("ERROR: ".length()) : text;
        if (dialect.isForeign()) {
            plain = ForeignFault.words(plain, secrets.texts());
        }
        String cut = plain.length() > MOST_WORDS ? plain.substring(0, MOST_WORDS) + "…" : plain;
        return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
