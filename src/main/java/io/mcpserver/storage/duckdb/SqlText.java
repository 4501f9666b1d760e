package io.mcpserver.storage.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
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

    /** Appends {@code ?, ?, …}, one for each value. */
    SqlText addList(Collection<?> list) {
        text.append("?, ".repeat(list.size() - 1)).append('?');
        values.addAll(list);
        return this;
    }

    SqlText add(SqlText other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
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
