package io.mcpserver.config;

import java.util.Optional;

/**
 * One thing that is wrong, doubtful or worth knowing about a configuration.
 *
 * @param source the file as it was named, an environment variable or a flag
 * @param line from 1; 0 where the source has no lines
 * @param column from 1; 0 where the source has no lines
 * @param key such as {@code transport.port}; empty where no key is concerned
 * @param message what is wrong and what would be right, without the nearest name
 * @param nearest the name that was probably meant
 */
public record Problem(
        Severity severity, String source, int line, int column, String key, String message, Optional<String> nearest) {

    /** How much a problem matters. */
    public enum Severity {
        /** The configuration cannot be used. */
        ERROR,
        /** The configuration can be used but is probably not what was meant. */
        WARNING,
        /** Worth knowing. */
        NOTE
    }

    /** The problem as one line for people, such as {@code config.yaml:7: transport.prot: unknown key}. */
    public String render() {
        return where()
                + switch (severity) {
                    case ERROR -> "";
                    case WARNING -> "warning: ";
                    case NOTE -> "note: ";
                }
                + what();
    }

    /** The same without the severity, for a log that has its own. */
    public String inWords() {
        return where() + what();
    }

    private String where() {
        return source + (line > 0 ? ":" + line : "") + ": ";
    }

    private String what() {
        return (key.isEmpty() ? "" : key + ": ")
                + message
                + nearest.map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }
}
