package io.mcpserver.config;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says what is wrong with a text that is not YAML, in words for people who do not know YAML's grammar. */
final class YamlFaults {

    private YamlFaults() {}

    static String sentence(MarkedYamlEngineException fault) {
        String problem = fault.getProblem() == null ? "" : fault.getProblem();
        if (problem.contains("TAB")) {
            return "a tab cannot be used to indent; use spaces";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "not valid YAML: a \": \" where none can stand; indent the line like its neighbours, or quote the value";
        }
        if (problem.contains("could not find expected ':'")) {
            return "not valid YAML: the line before lacks a \":\" after its key, or a quote or bracket is not closed";
        }
        if (problem.contains("but got another document")) {
            return "more than one document; remove the line \"---\"";
        }
        String context = fault.getContext() == null ? "" : fault.getContext() + ", ";
        return "not valid YAML: " + context + problem;
    }

    static String sentence(YamlEngineException fault) {
        if (fault.getMessage().contains("aliases")) {
            return "uses \"*name\" for a list or a mapping, which is not supported; write it out";
        }
        return "not valid YAML: " + fault.getMessage();
    }
}
