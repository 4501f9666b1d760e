package io.mcpserver.server;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.reload.ReloadStep;
import io.mcpserver.config.reload.Reloader;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Makes the reloader injectable; every bean that is a step takes part. */
@ApplicationScoped
class ReloaderProducer {

    /** Of the configuration that the command line loaded; tests replace this bean. */
    @Produces
    @Singleton
    Reloader reloader(LiveConfig live, @All List<ReloadStep> steps) {
        ServerStart start = ActiveConfig.start()
                .orElseThrow(() -> new IllegalStateException("The server was not started by its command line."));
        Reloader reloader = new Reloader(live, start.request(), start.loaded(), start.production(), steps);
        reloader.onEnd(ReloadLog::write);
        return reloader;
    }
}
