package io.mcpserver.storage.index.text;

import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.CATENATE_ALL;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.GENERATE_WORD_PARTS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.PRESERVE_ORIGINAL;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.SPLIT_ON_NUMERICS;
import static org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Turns text into terms: English words are stemmed, Chinese, Japanese and Korean become pairs of
 * characters, identifiers are kept whole and taken apart.
 *
 * <p>The index also holds single Chinese characters; a query has them only where a character stands
 * alone. A change here needs a new version of every {@link io.mcpserver.storage.search.SearchIndexFactory}.
 */
public final class TextAnalyzer extends Analyzer {

    private static final int IDENTIFIERS = GENERATE_WORD_PARTS
            | GENERATE_NUMBER_PARTS
            | CATENATE_ALL
            | PRESERVE_ORIGINAL
            | SPLIT_ON_CASE_CHANGE
            | SPLIT_ON_NUMERICS
            | STEM_ENGLISH_POSSESSIVE;
    private static final int ALL_SCRIPTS =
            CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;

    private final boolean forQueries;

    private TextAnalyzer(boolean forQueries) {
        this.forQueries = forQueries;
    }

    public static TextAnalyzer forDocuments() {
        return new TextAnalyzer(false);
    }

    public static TextAnalyzer forQueries() {
        return new TextAnalyzer(true);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        StandardTokenizer words = new StandardTokenizer();
        TokenStream terms = new CJKWidthFilter(words);
        terms = new WordDelimiterGraphFilter(terms, IDENTIFIERS, null);
        terms = new FlattenGraphFilter(terms);
        terms = new CJKBigramFilter(terms, ALL_SCRIPTS, !forQueries);
        terms = new LowerCaseFilter(terms);
        terms = new ASCIIFoldingFilter(terms);
        terms = new PorterStemFilter(terms);
        return new TokenStreamComponents(words, terms);
    }
}
