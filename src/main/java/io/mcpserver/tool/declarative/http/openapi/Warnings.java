package io.mcpserver.tool.declarative.http.openapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What could not be taken over, each thing once. */
final class Warnings {

    private static final int MOST = 200;

    private final Set<String> all = new LinkedHashSet<>();
    private String about = "";

    /** Says of what the next ones are. */
    void about(String operation) {
        about = operation;
    }

    void add(String words) {
        if (all.size() < MOST) {
            all.add(Words.line(about.isEmpty() ? words : about + ": " + words, 400));
        }
    }

    List<String> all() {
        List<String> told = new ArrayList<>(all);
        if (told.size() == MOST) {
            told.add("there are more warnings");
        }
        return told;
    }
}
