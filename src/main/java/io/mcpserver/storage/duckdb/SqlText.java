package io.mcpserver.storage.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A statement as it grows: its text and, in the same order, the values of its question marks. */
final class SqlText {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    SqlText() {}

    SqlText(String text, Object... values) {
        add(text, values);
    }

    SqlText add(String more, Object... moreValues) {
        text.append(more);
        values.addAll(List.of(moreValues));
        return this;
    }

    /**
     * Appends {@code ?, ?, …} for the inside of an {@code IN (…)}. The last value is repeated up to a
     * power of two, so that lists of any length make few different statements.
     */
    SqlText addList(List<?> list) {
        int places = list.size() == 1 ? 1 : Integer.highestOneBit(list.size() - 1) << 1;
        text.append("?, ".repeat(places - 1)).append('?');
        values.addAll(list);
        values.addAll(Collections.nCopies(places - list.size(), list.getLast()));
        return this;
    }

    SqlText add(SqlText other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    /** Sets the values of a statement that was prepared from this text. */
    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            bind(statement);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
