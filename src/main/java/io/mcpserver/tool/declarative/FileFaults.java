package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.config.NearestName;
import io.mcpserver.config.Problem;
import io.mcpserver.config.Problem.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is wrong with a file, said by JSON Pointer and told with line and key. At most {@value #MOST}. */
final class FileFaults {

    static final int MOST = 50;

    private final FileTree tree;
    private final List<Problem> problems;
    private final boolean knownGood;
    private int errors;

    FileFaults(FileTree tree, List<Problem> problems) {
        this(tree, problems, false);
    }

    private FileFaults(FileTree tree, List<Problem> problems, boolean knownGood) {
        this.tree = tree;
        this.problems = problems;
        this.knownGood = knownGood;
    }

    /** Those of a file that was read before, and had no error. */
    static FileFaults ofKnownGood(JsonNode root) {
        return new FileFaults(FileTree.without(root), new ArrayList<>(), true);
    }

    /** Whether the file was read before and had no error, so that what is costly need not be checked again. */
    boolean isKnownGood() {
        return knownGood;
    }

    void error(String pointer, String message) {
        add(Severity.ERROR, pointer, message, Optional.empty());
    }

    /** @param candidates among which is the name that was probably meant */
    void unknown(String pointer, String message, String written, Collection<String> candidates) {
        add(Severity.ERROR, pointer, message, NearestName.of(written, new ArrayList<>(candidates)));
    }

    /** As {@link #unknown}, for what does no harm. */
    void unknownWord(String pointer, String message, String written, Collection<String> candidates) {
        add(Severity.WARNING, pointer, message, NearestName.of(written, new ArrayList<>(candidates)));
    }

    void warning(String pointer, String message) {
        add(Severity.WARNING, pointer, message, Optional.empty());
    }

    /** How many errors were said so far. */
    int errors() {
        return errors;
    }

    /** Where the value at a pointer stands, from 1. */
    int line(String pointer) {
        return tree.spot(pointer).place().line();
    }

    private void add(Severity severity, String pointer, String message, Optional<String> nearest) {
        FileTree.Spot spot = tree.spot(pointer);
        Problem problem = spot.place().problem(severity, spot.key(), message, nearest);
        if (severity == Severity.ERROR) {
            errors++;
        }
        if (problems.contains(problem)) {
            return;
        }
        if (problems.size() < MOST) {
            problems.add(problem);
        } else if (problems.size() == MOST) {
            problems.add(spot.place().error("", "there are more faults; mend these first"));
        }
    }
}
