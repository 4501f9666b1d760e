package io.mcpserver.storage.index.lucene;

import io.mcpserver.storage.search.IndexedDocument;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
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

    private Fields() {}

    /** The Lucene documents of one document; at least one, so that the index knows all documents. */
    static List<Document> passages(IndexedDocument document) {
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < Math.max(1, document.passages().size()); i++) {
            Document one = new Document();
            one.add(new StringField(KEY, document.key(), Field.Store.NO));
            one.add(new BinaryDocValuesField(KEY, new BytesRef(document.key())));
            one.add(new StringField(COLLECTION, document.collection(), Field.Store.NO));
            one.add(new NumericDocValuesField(VERSION, document.version()));
            one.add(new NumericDocValuesField(PASSAGE, i));
            if (i < document.passages().size()) {
                one.add(new TextField(TEXT, document.passages().get(i), Field.Store.NO));
            }
            if (!document.vectors().isEmpty()) {
                one.add(new KnnFloatVectorField(
                        VECTOR, document.vectors().get(i), VectorSimilarityFunction.DOT_PRODUCT));
            }
            if (document.pending()) {
                one.add(new StringField(PENDING, IS_PENDING.text(), Field.Store.NO));
            }
            all.add(one);
        }
        return all;
    }
}
