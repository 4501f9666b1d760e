package io.mcpserver.admin;

import io.mcpserver.config.Problem;
import io.mcpserver.tool.discovery.FileState;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a file is quarantined, on one short line: its first fault with the line, and no path of the machine. */
final class QuarantineReason {

    private static final int LONGEST = 200;

    /** A path from the root on, also of Windows, with its last name. */
    private static final Pattern ABSOLUTE =
            Pattern.compile("(?<![\\p{Alnum}.:/\\\\_~-])(?:[A-Za-z]:)?(?:[/\\\\][^\\s/\\\\\"',;:()]++){2,}");

    private QuarantineReason() {}

    /** @param configured folders that may be named as the configuration names them */
    static String of(FileState file, List<Path> configured) {
        String why = file.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .findFirst()
                .map(QuarantineReason::fault)
                .orElse("");
        return file.name() + shortened(withoutPaths(why, configured).replaceAll("\\p{Cntrl}+", " "));
    }

    private static String fault(Problem problem) {
        return problem.inWords().substring(problem.source().length());
    }

    private static String withoutPaths(String text, List<Path> configured) {
        return ABSOLUTE.matcher(text).replaceAll(found -> {
            String path = found.group();
            boolean known = configured.stream()
                    .anyMatch(folder ->
                            path.startsWith(folder + folder.getFileSystem().getSeparator()));
            int name = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
            return Matcher.quoteReplacement(known ? path : path.substring(name));
        });
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
