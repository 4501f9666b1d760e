package io.mcpserver.config;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says what is wrong with a text that is not YAML, in words for people who do not know YAML's grammar. */
final class YamlFaults {

    private YamlFaults() {}

    /** Where to look: for a quote that is not closed, where it opens, which may be far above where that shows. */
    static Place place(MarkedYamlEngineException fault, Place start) {
        return (isOpenQuote(fault) ? fault.getContextMark() : fault.getProblemMark())
                .map(mark -> start.at(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(start);
    }

    private static boolean isOpenQuote(MarkedYamlEngineException fault) {
        return fault.getContext() != null && fault.getContext().contains("quoted scalar");
    }

    static String sentence(MarkedYamlEngineException fault) {
        String problem = fault.getProblem() == null ? "" : fault.getProblem();
        if (problem.contains("TAB")) {
            return "a tab cannot be used to indent; use spaces";
        }
        if (isOpenQuote(fault)) {
            return "not valid YAML: the quote that opens here is not closed, or holds what a quoted text cannot";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "not valid YAML: a \": \" where none can stand; indent the line like its neighbours, quote the value, "
                    + "or give the line before its \":\"";
        }
        if (problem.contains("could not find expected ':'")) {
            return "not valid YAML: the line before lacks a \":\" after its key, or a quote or bracket is not closed";
        }
        if (problem.contains("found another document")) {
            return "must be one document; remove the line \"---\"";
        }
        if (problem.contains("undefined alias")) {
            return "a value that starts with \"*\" must be quoted";
        }
        String context = fault.getContext() == null || fault.getContext().isEmpty() ? "" : fault.getContext() + ", ";
        return "not valid YAML: " + context + problem;
    }

    static String sentence(YamlEngineException fault) {
        if (fault.getMessage().contains("aliases")) {
            return "uses \"*name\" for a list or a mapping, which is not supported; write it out";
        }
        return "not valid YAML: " + fault.getMessage();
    }
}
