package io.mcpserver.tool.dropin;

import io.mcpserver.config.Problem;
import io.mcpserver.config.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is wrong with one tool file, as it is found. For one thread. */
final class Faults {

    private static final int MOST = 100;
    private static final int LONGEST = 500;

    private final String shown;
    private final List<Problem> problems = new ArrayList<>();

    /** @param shown what the file is called */
    Faults(String shown) {
        this.shown = shown;
    }

    /** The file cannot be used as a whole. */
    Faults error(String message) {
        return error(0, "", message);
    }

    /**
     * A part of the file is wrong.
     *
     * @param line from 1; 0 where it is not known
     * @param key what is wrong, such as a tool; or the empty text
     */
    Faults error(int line, String key, String message) {
        return add(Severity.ERROR, line, 0, key, message);
    }

    Faults add(Severity severity, int line, int column, String key, String message) {
        if (problems.size() < MOST) {
            String words = message.strip().replaceAll("\\s*\\R\\s*", "; ");
            problems.add(new Problem(
                    severity,
                    shown,
                    line,
                    column,
                    key,
                    words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words,
                    Optional.empty()));
        }
        return this;
    }

    boolean any() {
        return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** All of them, in the order of their lines. */
    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
