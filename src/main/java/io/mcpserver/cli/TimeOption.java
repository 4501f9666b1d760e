package io.mcpserver.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Times as options give them: with a zone, so that nobody has to guess. */
final class TimeOption {

    private TimeOption() {}

    static Instant read(String option, String written, CommandSpec spec) {
        try {
            return OffsetDateTime.parse(written).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s must be a time with its zone, such as 2026-01-31T12:00:00Z, but is %s"
                            .formatted(option, written),
                    e);
        }
    }
}
