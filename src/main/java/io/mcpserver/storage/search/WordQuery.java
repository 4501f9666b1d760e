package io.mcpserver.storage.search;

import java.util.List;

/**
 * Words that are looked for: any of them, better when neighbours stand together.
 *
 * @param terms as the analysis of texts makes them; never empty
 */
public record WordQuery(List<String> terms, List<Pair> pairs) {

    /** How much two neighbours that stand together weigh, beside a term by itself. */
    public static final float PAIR_WEIGHT = 0.4f;

    /** Two terms that follow each other. */
    public record Pair(String first, String second) {}
}
