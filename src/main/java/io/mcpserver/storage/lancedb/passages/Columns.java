package io.mcpserver.storage.lancedb.passages;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The columns of the passages. A document without text has one row, without terms and vector. */
final class Columns {

    /** Of the document, its characters as {@link io.mcpserver.storage.lancedb.dataset.FirstPlane} writes them. */
    static final String KEY = "key";

    static final String COLLECTION = "collection";
    static final String VERSION = "version";
    static final String PASSAGE = "passage";

    /** Whether the document still has to be embedded. */
    static final String PENDING = "pending";

    /** The terms of the text in their order, with blanks between them. */
    static final String TERMS = "terms";

    static final String VECTOR = "vector";

    /** BM25; Lance adds it to what it finds by terms. */
    static final String SCORE = "_score";

    /** The square of the distance; Lance adds it to what it finds by vectors. */
    static final String DISTANCE = "_distance";

    private Columns() {}

    /** @param dimension of the vectors; 0 where there are none */
    static Schema schema(int dimension) {
        List<Field> fields = new ArrayList<>(List.of(
                required(KEY, new ArrowType.Utf8()),
                required(COLLECTION, new ArrowType.Utf8()),
                required(VERSION, new ArrowType.Int(64, true)),
                required(PASSAGE, new ArrowType.Int(32, true)),
                required(PENDING, new ArrowType.Bool()),
                new Field(TERMS, FieldType.nullable(new ArrowType.Utf8()), null)));
        if (dimension > 0) {
            ArrowType number = new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            fields.add(new Field(
                    VECTOR,
                    FieldType.nullable(new ArrowType.FixedSizeList(dimension)),
                    List.of(new Field("item", FieldType.nullable(number), null))));
        }
        return new Schema(fields);
    }

    private static Field required(String name, ArrowType type) {
        return new Field(name, FieldType.notNullable(type), null);
    }
}
