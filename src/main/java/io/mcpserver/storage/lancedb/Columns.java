package io.mcpserver.storage.lancedb;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The columns of the dataset. */
final class Columns {

    static final String KEY = "key";
    /** Of a document or tombstone; empty for what is neither. */
    static final String COLLECTION = "collection";

    static final String VERSION = "version";
    static final String SEQUENCE = "seq";
    static final String CREATED = "created";
    static final String UPDATED = "updated";
    static final String LIVE = "live";
    static final String BYTES = "bytes";
    static final String CONTENT = "content";

    /** The place of a row in one version of the dataset; Lance adds it where it is asked for. */
    static final String ROW_ID = "_rowid";

    /** All but the content. */
    static final List<String> HEAD = List.of(KEY, VERSION, SEQUENCE, CREATED, UPDATED, LIVE, BYTES);

    static final List<String> ALL = List.of(KEY, VERSION, SEQUENCE, CREATED, UPDATED, LIVE, BYTES, CONTENT);

    /** How rows are written; a program that does not know it does not touch them. */
    static final int FORMAT = 1;

    /** Where the dataset says its format. */
    static final String FORMAT_KEY = "mcp-server.format";

    static final Schema SCHEMA = new Schema(
            List.of(
                    required(KEY, new ArrowType.Utf8()),
                    required(COLLECTION, new ArrowType.Utf8()),
                    required(VERSION, new ArrowType.Int(64, true)),
                    required(SEQUENCE, new ArrowType.Int(64, true)),
                    required(CREATED, new ArrowType.Int(64, true)),
                    required(UPDATED, new ArrowType.Int(64, true)),
                    required(LIVE, new ArrowType.Bool()),
                    required(BYTES, new ArrowType.Int(32, true)),
                    new Field(CONTENT, FieldType.nullable(new ArrowType.Utf8()), null)),
            Map.of(FORMAT_KEY, Integer.toString(FORMAT)));

    private Columns() {}

    private static Field required(String name, ArrowType type) {
        return new Field(name, FieldType.notNullable(type), null);
    }
}
