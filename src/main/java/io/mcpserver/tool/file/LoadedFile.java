package io.mcpserver.tool.file;

import io.mcpserver.config.Problem;
import io.mcpserver.tool.Offer;
import java.util.List;

/**
 * A file of tools that was read.
 *
 * @param offer what it brings; nothing where a problem is an error
 * @param problems all at once, with lines
 * @param tests those that stand in the file
 * @param closing gives back what the file's tools hold, once no call of them runs any more
 */
public record LoadedFile(Offer offer, List<Problem> problems, List<FileTest> tests, Runnable closing) {

    private static final Runnable NOTHING = () -> {};

    public LoadedFile {
        problems = List.copyOf(problems);
        tests = List.copyOf(tests);
    }

    /** A file whose tools hold nothing that has to be closed. */
    public static LoadedFile of(Offer offer, List<Problem> problems, List<FileTest> tests) {
        return new LoadedFile(offer, problems, tests, NOTHING);
    }

    /** A file that cannot be used. */
    public static LoadedFile broken(List<Problem> problems) {
        return of(Offer.NOTHING, problems, List.of());
    }

    /** Whether closing it gives nothing back, so that its tools may be called for ever. */
    public boolean holdsNothing() {
        return closing == NOTHING;
    }

    public boolean usable() {
        return problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }
}
