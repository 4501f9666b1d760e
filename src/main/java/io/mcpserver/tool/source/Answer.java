package io.mcpserver.tool.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ResultBudget;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a statement answered, as far as there is room for it.
 *
 * @param columns name and type of each column; none where the statement answers no rows
 * @param rows arrays of values, or objects
 * @param cut why there are more rows than these; empty where there are not
 * @param updated how many rows the statement changed, where it answers none
 */
public record Answer(ArrayNode columns, ArrayNode rows, String cut, OptionalLong updated) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * What an answer may hold.
     *
     * @param objects whether rows are objects
     * @param time in which the caller waits for it
     */
    public record Limits(int rows, int bytes, boolean objects, Duration time) {}

    public boolean truncated() {
        return !cut.isEmpty();
    }

    /**
     * Runs a statement and reads what it answers.
     *
     * @param values those that are bound, in order
     * @throws CodedException {@code TOO_LARGE} if not even the first row has room
     */
    public static Answer of(Session session, String sql, List<JsonNode> values, Limits limits) throws SQLException {
        try (PreparedStatement statement = session.prepare(sql)) {
            new Parameters(session.dialect(), statement).bind(values);
            StatementLimits.of(limits).hold(statement, session.dialect());
            if (!statement.execute()) {
                return new Answer(
                        JSON.arrayNode(),
                        JSON.arrayNode(),
                        "",
                        OptionalLong.of(Math.max(0, statement.getUpdateCount())));
            }
            try (ResultSet results = statement.getResultSet()) {
                return read(results, session.dialect(), limits);
            }
        }
    }

    private static Answer read(ResultSet results, Dialect dialect, Limits limits) throws SQLException {
        List<Cells> cells = cells(results.getMetaData(), dialect, limits);
        ArrayNode columns = JSON.arrayNode();
        cells.forEach(column -> columns.addObject().put("name", column.name()).put("type", column.type()));
        ResultBudget budget = new ResultBudget(limits.bytes());
        if (limits.objects()) {
            requireNames(cells);
        }
        boolean room = limits.objects() || budget.take(columns);
        ArrayNode rows = JSON.arrayNode();
        String cut = "";
        while (cut.isEmpty() && results.next()) {
            if (rows.size() == limits.rows()) {
                cut = "There are more rows than max_rows of the tool (%,d); ask for less.".formatted(limits.rows());
                break;
            }
            JsonNode row = row(cells, results, limits.objects());
            if (room && budget.take(row)) {
                rows.add(row);
            } else if (rows.isEmpty()) {
                throw new CodedException(
                        ErrorCode.TOO_LARGE,
                        "One row alone exceeds tools.max_result_bytes (%,d); the tool has to select less of it."
                                .formatted(limits.bytes()));
            } else {
                cut = "The rows were cut at tools.max_result_bytes (%,d); ask for less.".formatted(limits.bytes());
            }
        }
        return new Answer(columns, rows, cut, OptionalLong.empty());
    }

    private static List<Cells> cells(ResultSetMetaData columns, Dialect dialect, Limits limits) throws SQLException {
        List<Cells> cells = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            cells.add(new Cells(columns, i, dialect, limits.bytes()));
        }
        return cells;
    }

    private static void requireNames(List<Cells> cells) {
        Set<String> names = new HashSet<>();
        for (Cells cell : cells) {
            if (!names.add(cell.name())) {
                throw new CodedException(
                        ErrorCode.UNSUPPORTED,
                        "Two columns are called %s; the author of the tool has to name one otherwise with \"as\"."
                                .formatted(cell.name()));
            }
        }
    }

    private static JsonNode row(List<Cells> cells, ResultSet results, boolean asObject) throws SQLException {
        if (asObject) {
            ObjectNode row = JSON.objectNode();
            for (Cells cell : cells) {
                row.set(cell.name(), cell.of(results));
            }
            return row;
        }
        ArrayNode row = JSON.arrayNode(cells.size());
        for (Cells cell : cells) {
            row.add(cell.of(results));
        }
        return row;
    }
}
