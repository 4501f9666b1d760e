package io.mcpserver.tool.source;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.tool.source.driver.DriverLoader;
import io.mcpserver.tool.source.driver.DriverLoaders;
import io.mcpserver.tool.source.driver.DriverProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with sources, as far as it can be found without connecting to them. */
public final class SourceCheck {

    private SourceCheck() {}

    /**
     * All faults of all sources; loads their drivers to ask them.
     *
     * @param file in which the sources are written, as people know it
     */
    public static List<Problem> problems(ServerConfig config, String file) {
        List<Problem> problems = new ArrayList<>();
        config.sources().forEach((name, source) -> {
            address(source)
                    .ifPresent(said ->
                            problems.add(problem(file, name, "url", said + ", as sources." + name + ".driver")));
            driver(source)
                    .or(() -> refusal(name, source))
                    .ifPresent(said -> problems.add(problem(file, name, "driver", said)));
        });
        return problems;
    }

    private static Problem problem(String file, String name, String key, String said) {
        return new Problem(Problem.Severity.ERROR, file, 0, 0, "sources." + name + "." + key, said, Optional.empty());
    }

    /** Why the address is of no use without a driver. */
    static Optional<String> address(ServerConfig.Source source) {
        return source.driver().isEmpty()
                        && isWritten(source)
                        && Dialect.of(source.url()).isForeign()
                ? Optional.of(Drivers.without(source.url()))
                : Optional.empty();
    }

    /** What is wrong with the driver, as far as its files tell. */
    static Optional<String> driver(ServerConfig.Source source) {
        if (source.driver().isEmpty()) {
            return Optional.empty();
        }
        if (isWritten(source) && !Dialect.of(source.url()).isForeign()) {
            return Optional.of("is not needed for " + Drivers.beginning(source.url())
                    + ", whose driver this server brings; leave it out");
        }
        try {
            DriverLoaders.look(source.driver().get());
            return Optional.empty();
        } catch (DriverProblem e) {
            return Optional.of(e.getMessage());
        }
    }

    /** What the driver itself says to the address. */
    private static Optional<String> refusal(String name, ServerConfig.Source source) {
        if (source.driver().isEmpty()) {
            return Optional.empty();
        }
        DriverLoaders loaders = new DriverLoaders();
        try {
            String url = new SourceSecrets(name, source).url();
            DriverLoader loader = loaders.take(source.driver().get());
            try {
                loader.driver(url, Drivers.beginning(url));
            } finally {
                loaders.giveBack(loader);
            }
            return Optional.empty();
        } catch (DriverProblem e) {
            return Optional.of(e.getMessage());
        } catch (CodedException e) {
            // The secret is not here, and need not be.
            return Optional.empty();
        }
    }

    /** Whether the kind of the address can be seen without its secrets. */
    private static boolean isWritten(ServerConfig.Source source) {
        return !source.url().startsWith("${");
    }
}
