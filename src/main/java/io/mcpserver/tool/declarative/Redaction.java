package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** Takes secrets out of texts that people see: as they are, as JSON writes them, and line by line. */
public final class Redaction {

    /** What is shorter would black out words that are no secrets. */
    private static final int SHORTEST = 4;

    private static final int SHORTEST_LINE = 8;

    private Redaction() {}

    /** The text with three asterisks for each secret. */
    public static String of(String text, Collection<String> secrets) {
        Set<String> forms = new HashSet<>();
        secrets.stream().filter(secret -> secret.length() >= SHORTEST).forEach(secret -> {
            add(secret, forms);
            secret.lines()
                    .filter(line -> line.strip().length() >= SHORTEST_LINE)
                    .forEach(line -> add(line.strip(), forms));
        });
        String[] plain = {text};
        forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(form -> plain[0] = plain[0].replace(form, "***"));
        return plain[0];
    }

    private static void add(String secret, Set<String> forms) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(secret));
        forms.add(secret);
        for (String form : new String[] {quoted, quoted.replace("/", "\\/")}) {
            forms.add(form);
            forms.add(ascii(form, "\\u%04x"));
            forms.add(ascii(form, "\\u%04X"));
        }
    }

    private static String ascii(String text, String escape) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(c < 0x7f ? String.valueOf((char) c) : escape.formatted(c)));
        return out.toString();
    }
}
