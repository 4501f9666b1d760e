package io.mcpserver.tool.search;

import io.mcpserver.tool.ToolSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Finds tools by the words of their name, title, description and arguments; in memory, of some tools that stay the same.
 *
 * <p>Threads: safe for any number of callers.
 */
final class ToolWords {

    private static final String NAME = "name";
    private static final String KEY = "key";

    /** What counts how much: a word in the name says more than one in the description. */
    private static final Map<String, Float> FIELDS =
            Map.of(NAME, 3f, "title", 2f, "description", 1f, "arguments", 0.5f);

    /** Between the words of a name such as {@code list_openOrders}. */
    private static final Pattern JOINTS = Pattern.compile("[_.-]+|(?<=[a-z0-9])(?=[A-Z])");

    /** More words of a question than this are not looked at. */
    private static final int LONGEST_QUERY = 1_000;

    private static final Analyzer ANALYZER = new EnglishAnalyzer();

    private final IndexSearcher searcher;

    ToolWords(Collection<ToolSpec> tools) {
        ByteBuffersDirectory memory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(memory, new IndexWriterConfig(ANALYZER))) {
            for (ToolSpec tool : tools) {
                writer.addDocument(document(tool));
            }
            writer.commit();
            this.searcher = new IndexSearcher(DirectoryReader.open(memory));
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written", e);
        }
    }

    private static Document document(ToolSpec tool) {
        Document document = new Document();
        document.add(new StoredField(KEY, tool.name()));
        document.add(new TextField(NAME, apart(tool.name()), Field.Store.NO));
        document.add(new TextField("title", tool.title(), Field.Store.NO));
        document.add(new TextField("description", tool.description(), Field.Store.NO));
        document.add(new TextField("arguments", arguments(tool), Field.Store.NO));
        return document;
    }

    /** The names of a tool's arguments, as words. */
    static String arguments(ToolSpec tool) {
        List<String> names = new ArrayList<>();
        tool.inputSchema().path("properties").fieldNames().forEachRemaining(names::add);
        return apart(String.join(" ", names));
    }

    private static String apart(String name) {
        return JOINTS.matcher(name).replaceAll(" ");
    }

    /** Names of all tools that have a word of the question, best first. */
    List<String> find(String question) {
        String text = apart(question.substring(0, Math.min(question.length(), LONGEST_QUERY)));
        QueryBuilder builder = new QueryBuilder(ANALYZER);
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        FIELDS.forEach((field, weight) -> {
            Query words = builder.createBooleanQuery(field, text);
            if (words != null) {
                query.add(new BoostQuery(words, weight), BooleanClause.Occur.SHOULD);
            }
        });
        try {
            int most = Math.max(1, searcher.getIndexReader().maxDoc());
            List<String> names = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(query.build(), most).scoreDocs) {
                names.add(searcher.storedFields().document(hit.doc).get(KEY));
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be read", e);
        }
    }
}
