package io.mcpserver.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a value was written.
 *
 * @param source what problems call it: a file, an environment variable or a flag
 * @param base the folder that relative paths written here start from
 */
public record Place(Origin origin, String source, int line, int column, Path base) {

    public Problem error(String key, String message) {
        return error(key, message, Optional.empty());
    }

    public Problem error(String key, String message, Optional<String> nearest) {
        return problem(Problem.Severity.ERROR, key, message, nearest);
    }

    public Problem problem(Problem.Severity severity, String key, String message, Optional<String> nearest) {
        return new Problem(severity, source, line, column, key, message, nearest);
    }

    Place at(int newLine, int newColumn) {
        return new Place(origin, source, newLine, newColumn, base);
    }
}
