package io.mcpserver.tool;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How much a message to the client matters, after RFC 5424, least first. */
public enum LogLevel {
    DEBUG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    CRITICAL,
    ALERT,
    EMERGENCY;

    /** The name in the protocol. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of that name in the protocol, if it is one. */
    public static Optional<LogLevel> of(String word) {
        return Stream.of(values()).filter(level -> level.word().equals(word)).findFirst();
    }
}
