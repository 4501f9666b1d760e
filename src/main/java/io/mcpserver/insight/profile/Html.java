package io.mcpserver.insight.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Pieces of an HTML page; every text that goes in is escaped. */
final class Html {

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** JSON that may stand in a script element. */
    static String json(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    /** A table whose cells are HTML; headings that begin with {@code #} are those of numbers. */
    static String table(List<String> headings, List<List<String>> rows, String empty) {
        if (rows.isEmpty()) {
            return "<p>" + escape(empty) + "</p>";
        }
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (String heading : headings) {
            boolean number = heading.startsWith("#");
            html.append(number ? "<th class=\"n\" scope=\"col\">" : "<th scope=\"col\">")
                    .append(escape(number ? heading.substring(1) : heading))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        rows.forEach(row -> html.append("<tr>").append(String.join("", row)).append("</tr>"));
        return html.append("</tbody></table></div>").toString();
    }

    static String name(String text) {
        return "<td class=\"name\">" + escape(text) + "</td>";
    }

    static String number(String text) {
        return "<td class=\"n\">" + escape(text) + "</td>";
    }

    static String text(String text) {
        return "<td>" + escape(text) + "</td>";
    }

    /** A bar as wide as its share of the largest. */
    static String bar(double value, double largest) {
        double percent = largest <= 0 ? 0 : 100 * value / largest;
        return String.format(
                Locale.ROOT, "<td class=\"share\"><div class=\"bar\" style=\"width:%.1f%%\"></div></td>", percent);
    }

    /** Names with their totals and bars. */
    static String tally(List<Tally.Entry> entries, String name, String amount, DoubleFunction<String> shown) {
        double largest = entries.stream().mapToDouble(Tally.Entry::total).max().orElse(0);
        List<List<String>> rows = new ArrayList<>();
        entries.forEach(entry ->
                rows.add(List.of(name(entry.name()), number(shown.apply(entry.total())), bar(entry.total(), largest))));
        return table(List.of(name, "#" + amount, ""), rows, "None was seen.");
    }

    /** Milliseconds, or seconds where there are many. */
    static String millis(double millis) {
        if (millis >= 10_000) {
            return String.format(Locale.ROOT, "%,.1f s", millis / 1_000);
        }
        return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%,.0f ms", millis);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
    }
}
