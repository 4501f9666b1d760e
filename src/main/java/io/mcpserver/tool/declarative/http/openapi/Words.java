package io.mcpserver.tool.declarative.http.openapi;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Names and texts of a description as a tool file has them. */
final class Words {

    private static final int LONGEST_NAME = 64;

    private Words() {}

    /** The beginning of a text, without control characters other than line ends. */
    static String cut(String text, int most) {
        String plain = text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "").strip();
        if (plain.length() <= most) {
            return plain;
        }
        int end = Character.isHighSurrogate(plain.charAt(most - 1)) ? most - 1 : most;
        return plain.substring(0, end) + "…";
    }

    /** One line. */
    static String line(String text, int most) {
        return cut(text.replaceAll("[\\p{Cntrl}\\x85\\p{Zl}\\p{Zp}\\s]+", " "), most);
    }

    /** Such as {@code get_pet_by_id} for {@code getPetById}; an empty text where there is nothing to make it of. */
    static String snake(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
        return plain.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
    }

    /** The name, or one with a number at its end that is not taken; takes it. */
    static String unique(String name, Set<String> taken) {
        String base = name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("_+$", "");
        String free = base;
        for (int i = 2; !taken.add(free); i++) {
            String end = "_" + i;
            free = base.substring(0, Math.min(base.length(), LONGEST_NAME - end.length())) + end;
        }
        return free;
    }
}
