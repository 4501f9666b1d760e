package io.mcpserver.server;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig.Logging;
import io.mcpserver.config.ServerConfig.Logging.Format;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Has the log follow {@code logging} while the server runs; at the start Quarkus set it up. */
@Singleton
class LiveLogging {

    /** As Quarkus writes text by itself. */
    private static final String TEXT = "%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p [%c{3.}] (%t) %s%e%n";

    /** Held, because a logger that nobody holds is forgotten with its level. */
    private final Map<String, Logger> loggers = Map.of(
            "", logger(""), "io.mcpserver", logger("io.mcpserver"), "io.quarkiverse.mcp", logger("io.quarkiverse.mcp"));

    void start(@Observes StartupEvent event, LiveConfig config) {
        config.onChange((before, after) -> follow(before.logging(), after.logging()));
    }

    private void follow(Logging before, Logging after) {
        if (before.level() != after.level()) {
            Map<String, String> levels = QuarkusSettings.logLevels(after.level());
            loggers.forEach((category, logger) -> logger.setLevel(
                    levels.containsKey(category)
                            ? LogContext.getLogContext().getLevelForName(levels.get(category))
                            : null));
        }
        if (before.format() != after.format()) {
            consoles(List.of(loggers.get("").getHandlers()))
                    .forEach(console -> console.setFormatter(formatter(after.format())));
        }
    }

    private static Formatter formatter(Format format) {
        return format == Format.JSON ? new JsonFormatter() : new PatternFormatter(TEXT);
    }

    private static Stream<Handler> consoles(List<Handler> handlers) {
        return handlers.stream()
                .flatMap(handler -> handler instanceof ExtHandler outer && !(handler instanceof ConsoleHandler)
                        ? consoles(Arrays.asList(outer.getHandlers()))
                        : Stream.of(handler))
                .filter(ConsoleHandler.class::isInstance);
    }

    private static Logger logger(String category) {
        return LogContext.getLogContext().getLogger(category);
    }
}
