package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.Document;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.QueryCursor;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** One page of a query, in one statement, so that page and total are of one moment. */
final class QueryReader {

    /** Bytes of content after which a page ends early; one document always fits. */
    static final long PAGE_BYTES = 8_000_000;

    private record Found(DocRow row, long total, long left) {}

    private QueryReader() {}

    static Query.Page read(ReadContext context, Query query, Optional<QueryCursor> cursor) throws SQLException {
        List<Found> found =
                context.list(sql(query, cursor), row -> new Found(DocRow.read(row), row.getLong(8), row.getLong(9)));
        if (found.isEmpty()) {
            long total = cursor.isEmpty() ? 0 : count(context, query.collection(), query.filter());
            return new Query.Page(List.of(), Optional.empty(), total);
        }
        List<Document> documents =
                found.stream().map(one -> one.row().document()).toList();
        boolean more = found.getFirst().left() > documents.size();
        return new Query.Page(
                documents,
                more ? Optional.of(QueryCursor.after(query, documents.getLast())) : Optional.empty(),
                found.getFirst().total());
    }

    static List<String> ids(ReadContext context, String collection, Filter filter, int most) throws SQLException {
        SqlText sql = new SqlText("SELECT key FROM doc WHERE ")
                .add(selected(collection, filter))
                .add(" LIMIT ?", most);
        return context.list(sql, row -> DuckDbSchema.id(row.getString(1)));
    }

    static long count(ReadContext context, String collection, Filter filter) throws SQLException {
        return context.number(new SqlText("SELECT count(*) FROM doc WHERE ").add(selected(collection, filter)));
    }

    private static SqlText sql(Query query, Optional<QueryCursor> cursor) {
        SortSql sort = new SortSql(query.sort(), DuckDbSchema.idExpression(query.collection()));
        SqlText sql = new SqlText("WITH matching AS MATERIALIZED (SELECT rowid AS row, key, bytes" + sort.columns()
                        + " FROM doc WHERE ")
                .add(selected(query.collection(), query.filter()))
                .add("), page AS MATERIALIZED (SELECT * FROM matching");
        cursor.ifPresent(at -> sql.add(" WHERE ").add(sort.after(at, DuckDbSchema.key(query.collection(), at.id()))));
        return sql.add(" ORDER BY " + sort.order() + " LIMIT ?), ", query.limit() + 1)
                .add("sized AS (SELECT row, bytes, row_number() OVER w AS place, sum(bytes) OVER w AS size FROM page"
                        + " WINDOW w AS (ORDER BY " + sort.order() + " ROWS UNBOUNDED PRECEDING)) ")
                .add(
                        "SELECT " + DocRow.COLUMNS + ", (SELECT count(*) FROM matching), (SELECT count(*) FROM page)"
                                + " FROM doc JOIN (SELECT row, place FROM sized WHERE place <= ? AND (size <= ? OR place = 1))"
                                + " AS shown ON doc.rowid = shown.row ORDER BY place",
                        query.limit(),
                        PAGE_BYTES);
    }

    private static SqlText selected(String collection, Filter filter) {
        return new SqlText("collection = ? AND live AND ", collection)
                .add(new FilterSql(DuckDbSchema.idExpression(collection)).of(filter));
    }
}
