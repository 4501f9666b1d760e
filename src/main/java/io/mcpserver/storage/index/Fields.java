package io.mcpserver.storage.index;

import io.mcpserver.storage.Document;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/** The fields of the index. Each passage of a document is one Lucene document. */
final class Fields {

    static final String KEY = "key";
    static final String COLLECTION = "collection";
    static final String VERSION = "version";
    static final String PASSAGE = "passage";
    static final String TEXT = "text";
    static final String VECTOR = "vector";
    static final String PENDING = "pending";

    /** In every passage of a document that still has to be embedded. */
    static final Term IS_PENDING = new Term(PENDING, "yes");

    private static final char SEPARATOR = '\n';

    private Fields() {}

    /** Identifies a document across collections; a collection's name has no line break. */
    static String key(String collection, String id) {
        return collection + SEPARATOR + id;
    }

    static String collection(String key) {
        return key.substring(0, key.indexOf(SEPARATOR));
    }

    static String id(String key) {
        return key.substring(key.indexOf(SEPARATOR) + 1);
    }

    /**
     * The Lucene documents of one document; at least one, so that the index knows all documents.
     *
     * @param vectors one for each passage, or empty
     * @param pending whether vectors are to be added later
     */
    static List<org.apache.lucene.document.Document> passages(
            String collection, Document document, List<String> passages, List<float[]> vectors, boolean pending) {
        List<org.apache.lucene.document.Document> all = new ArrayList<>();
        for (int i = 0; i < Math.max(1, passages.size()); i++) {
            org.apache.lucene.document.Document one = new org.apache.lucene.document.Document();
            String key = key(collection, document.id());
            one.add(new StringField(KEY, key, Field.Store.NO));
            one.add(new BinaryDocValuesField(KEY, new BytesRef(key)));
            one.add(new StringField(COLLECTION, collection, Field.Store.NO));
            one.add(new NumericDocValuesField(VERSION, document.version()));
            one.add(new NumericDocValuesField(PASSAGE, i));
            if (i < passages.size()) {
                one.add(new TextField(TEXT, passages.get(i), Field.Store.NO));
            }
            if (!vectors.isEmpty()) {
                one.add(new KnnFloatVectorField(VECTOR, vectors.get(i), VectorSimilarityFunction.DOT_PRODUCT));
            }
            if (pending) {
                one.add(new StringField(PENDING, IS_PENDING.text(), Field.Store.NO));
            }
            all.add(one);
        }
        return all;
    }
}
