package io.mcpserver.storage.duckdb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.RowCheck;
import io.mcpserver.storage.SettingsJson;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSalvage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the table of documents in ranges of its row numbers; a range that cannot be read is halved until the row is found,
 * and the file is opened anew where DuckDB gave it up.
 */
final class DuckDbSalvage implements StoreSalvage {

    private static final long RANGE = 256;

    private final DirectoryLock lock;
    private final DuckDbFiles files;
    private final long cacheSize;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, CollectionSettings> settings = new TreeMap<>();

    /** Of keys that are there more than once, the sequence of the newest row. */
    private final Map<String, Long> twice = new HashMap<>();

    private DuckDbDatabase database;
    private long next;
    private long end;

    private DuckDbSalvage(DirectoryLock lock, DuckDbFiles files, long cacheSize) {
        this.lock = lock;
        this.files = files;
        this.cacheSize = cacheSize;
    }

    /** @param mend whether a log that keeps the file from being opened may be set aside */
    static DuckDbSalvage open(ServerConfig.Storage config, boolean mend) {
        DirectoryLock lock = DirectoryLock.acquire(config.path());
        DuckDbSalvage salvage = new DuckDbSalvage(lock, new DuckDbFiles(config.path()), config.cacheSize());
        try {
            salvage.openFile(mend);
            salvage.survey();
            return salvage;
        } catch (RuntimeException e) {
            salvage.close();
            throw e;
        }
    }

    @Override
    public List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public Map<String, CollectionSettings> settings() {
        return settings;
    }

    @Override
    public List<Found> next() {
        List<Found> found = new ArrayList<>();
        while (found.isEmpty() && next < end) {
            long to = Math.min(end, next + RANGE);
            read(next, to, found);
            next = to;
        }
        return found;
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
            database = null;
        }
        lock.close();
    }

    private void openFile(boolean mend) {
        try {
            database = DuckDbDatabase.open(files, cacheSize, 1);
        } catch (StoreException e) {
            // Whatever else keeps the file from being opened, such as a full disk, is not the log's fault.
            if (!mend || !(e.getCause() instanceof SQLException) || !Files.exists(files.log())) {
                throw e;
            }
            Path aside =
                    files.log().resolveSibling("damaged-log-" + Instant.now().toEpochMilli());
            try {
                Files.move(files.log(), aside);
            } catch (IOException failed) {
                e.addSuppressed(failed);
                throw e;
            }
            openWithout(aside);
            faults.add("The log cannot be read and was set aside as " + aside
                    + ": what was saved last, since the last checkpoint, is missing.");
        }
    }

    /** Without its log, which goes back if that is not what was wrong. */
    private void openWithout(Path aside) {
        try {
            database = DuckDbDatabase.open(files, cacheSize, 1);
        } catch (StoreException e) {
            try {
                if (!Files.exists(files.log())) {
                    Files.move(aside, files.log());
                }
            } catch (IOException failed) {
                e.addSuppressed(failed);
            }
            throw e;
        }
    }

    private void survey() {
        try {
            end = number("SELECT coalesce(max(rowid), -1) + 1 FROM doc");
        } catch (SQLException e) {
            throw StorageFault.of("The documents cannot be counted", e);
        }
        ask(
                "SELECT key, max(seq) FROM doc GROUP BY key HAVING count(*) > 1",
                row -> twice.put(row.getString(1), row.getLong(2)));
        ask("SELECT count(*) - count(DISTINCT seq) FROM doc", row -> {
            if (row.getLong(1) > 0) {
                faults.add("%d changes have the sequence of another.".formatted(row.getLong(1)));
            }
        });
        ask("SELECT collection, value FROM settings", row -> {
            String collection = row.getString(1);
            try {
                settings.put(collection, SettingsJson.read(row.getString(2)));
            } catch (StoreException e) {
                faults.add("The settings of the collection " + collection + " cannot be read and are left out.");
            }
        });
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private void ask(String sql, Row each) {
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                each.read(rows);
            }
        } catch (SQLException e) {
            faults.add("A part of the file cannot be read: " + firstLine(e) + ".");
            reopenIfGivenUp(e);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void read(long from, long to, List<Found> found) {
        List<Found> read = new ArrayList<>();
        try (Statement statement = connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + DocRow.COLUMNS + ", collection, bytes FROM doc"
                        + " WHERE rowid >= " + from + " AND rowid < " + to)) {
            while (rows.next()) {
                DocRow row = DocRow.read(rows);
                read.add(check(row, rows.getString(8), rows.getLong(9)));
            }
            found.addAll(read);
        } catch (SQLException e) {
            reopenIfGivenUp(e);
            if (to - from == 1) {
                found.add(new Found.Lost("row " + from, "cannot be read: " + firstLine(e), ""));
            } else {
                long middle = from + (to - from) / 2;
                read(from, middle, found);
                read(middle, to, found);
            }
        }
    }

    /**
     * Checks a row.
     *
     * @param collection as its own column says
     * @param bytes as the row says
     */
    private Found check(DocRow row, String collection, long bytes) {
        String key = row.key();
        if (key == null || key.indexOf(DuckDbSchema.SEPARATOR) < 0) {
            String left = row.content() == null ? "" : row.content();
            return new Found.Lost("a row", "has the key '" + key + "', which names no document", left);
        }
        RowCheck.Row found = new RowCheck.Row(
                DuckDbSchema.collection(key),
                DuckDbSchema.id(key),
                row.version(),
                row.created(),
                row.updated(),
                row.live(),
                row.content(),
                collection,
                bytes);
        Long newest = twice.get(key);
        Found checked = RowCheck.of(found, newest != null);
        return newest == null || row.sequence() == newest || checked instanceof Found.Lost
                ? checked
                : new Found.Lost(found.where(), "is there twice, and this is the older one", found.rest());
    }

    private Connection connection() {
        return database.writer().connection();
    }

    private void reopenIfGivenUp(SQLException e) {
        if (DuckDbDatabase.isFatal(e)) {
            database.close();
            database = DuckDbDatabase.open(files, cacheSize, 1);
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
