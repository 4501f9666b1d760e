package io.mcpserver.kubernetes;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One query in the language of Prometheus, with the dashboard's variables filled in.
 *
 * @param place where it stands, such as the title of a panel
 */
public record Query(String place, String text) {

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan");

    /** What names no metric: strings and labels in braces, ranges, and the labels of a grouping or a matching. */
    private static final Pattern NOT_METRICS = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)|\\b[0-9.]+[a-z]*\\b");

    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()");

    /** Without the variables of Grafana. */
    static Query ofPanel(String place, String text) {
        String filled = text.replace("$__rate_interval", "30s")
                .replace("$job", "mcp-server")
                .replaceAll("\\$(namespace|instance)", ".*");
        if (filled.contains("$")) {
            throw new AssertionError(place + " has an unknown variable: " + text);
        }
        return new Query(place, filled);
    }

    /** The metrics that it reads. */
    public Set<String> metrics() {
        String bare = NOT_METRICS.matcher(text).replaceAll(" ");
        Set<String> names = new TreeSet<>();
        // What stands before a removed grouping, as in "sum by (x) (…)", is an aggregation.
        NAME.matcher(bare.replaceAll("\\b(sum|max|min|avg|count)\\s+\\(", "("))
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name.toLowerCase(java.util.Locale.ROOT)))
                .forEach(names::add);
        return names;
    }
}
