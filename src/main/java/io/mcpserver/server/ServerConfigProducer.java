package io.mcpserver.server;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ProductionReadiness;
import io.mcpserver.config.ServerConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Makes the configuration injectable, and says at the start where it came from. */
@ApplicationScoped
public class ServerConfigProducer {

    private static final Logger LOG = Logger.getLogger(ServerConfigProducer.class);

    /** The configuration that the command line loaded; tests replace this bean. */
    @Produces
    @Singleton
    ServerConfig config() {
        return ActiveConfig.get()
                .flatMap(LoadedConfig::valid)
                .orElseThrow(() -> new IllegalStateException("The server was not started by its command line."));
    }

    /** The configuration in force, at first that of the start. */
    @Produces
    @Singleton
    LiveConfig live(ServerConfig atStart) {
        return new LiveConfig(atStart);
    }

    void say(@Observes StartupEvent event) {
        ActiveConfig.get().ifPresent(ServerConfigProducer::log);
    }

    private static void log(LoadedConfig loaded) {
        LOG.infof("configuration: %s", loaded.file().map(Path::toString).orElse("defaults, no file"));
        new TreeMap<>(loaded.origins())
                .forEach((key, origin) -> LOG.debugf(
                        "configuration: %s is set by the %s", key, origin.name().toLowerCase(Locale.ROOT)));
        Stream.concat(
                        loaded.problems(Problem.Severity.WARNING).stream(),
                        ProductionReadiness.findings(loaded, false).stream())
                .forEach(problem -> LOG.warn(problem.inWords()));
    }
}
