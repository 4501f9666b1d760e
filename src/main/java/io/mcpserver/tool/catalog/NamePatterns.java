package io.mcpserver.tool.catalog;

import java.util.List;

/** Names by patterns in which a star stands for any characters, none included. */
record NamePatterns(List<String> patterns) {

    /** Whether one of the patterns fits the name as a whole. */
    boolean fit(String name) {
        for (String pattern : patterns) {
            if (fits(pattern, name)) {
                return true;
            }
        }
        return false;
    }

    /** Only the last star is ever tried again, so that no pattern takes long. */
    private static boolean fits(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int tried = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                tried = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++tried;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
