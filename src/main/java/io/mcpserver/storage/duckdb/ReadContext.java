package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.thread.ReadTurn;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One reader's turn on a connection; another thread may end it early. */
final class ReadContext extends ReadTurn {

    /** Makes a value of the row that a result set stands on. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private final Object guard = new Object();
    private StatementCache statements;
    private PreparedStatement running;

    /** Gives the connection for the turn. */
    void use(StatementCache statements) {
        this.statements = statements;
    }

    <T> List<T> list(SqlText sql, Row<T> row) throws SQLException {
        return statements.use(sql, statement -> {
            begin(statement);
            List<T> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    rows.add(row.of(results));
                }
            } finally {
                end();
            }
            return rows;
        });
    }

    long number(SqlText sql) throws SQLException {
        return list(sql, row -> row.getLong(1)).getFirst();
    }

    @Override
    public void giveUp() {
        synchronized (guard) {
            super.giveUp();
            if (running != null) {
                try {
                    running.cancel();
                } catch (SQLException e) {
                    System.getLogger(ReadContext.class.getName()).log(System.Logger.Level.DEBUG, "cancelling", e);
                }
            }
        }
    }

    private void begin(PreparedStatement statement) {
        synchronized (guard) {
            requireWanted();
            running = statement;
        }
    }

    private void end() {
        synchronized (guard) {
            running = null;
        }
    }
}
