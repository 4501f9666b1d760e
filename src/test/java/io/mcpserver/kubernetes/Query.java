package io.mcpserver.kubernetes;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    private static final Pattern SELECTED = Pattern.compile("(\\w+)(?:=|!=|=~|!~)\"");
    private static final Pattern GROUPED = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]+)\\)");
    private static final Set<String> OF_TARGETS = Set.of("job", "namespace", "instance");

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
                .filter(name -> !WORDS.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(names::add);
        return names;
    }

    /** The labels that it selects or groups by, but those that Prometheus adds to each target. */
    public Set<String> labels() {
        Set<String> names = new TreeSet<>();
        SELECTED.matcher(text).results().map(found -> found.group(1)).forEach(names::add);
        GROUPED.matcher(text)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split("\\s*,\\s*")))
                .forEach(names::add);
        names.removeAll(OF_TARGETS);
        return names;
    }
}
