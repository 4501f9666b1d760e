package io.mcpserver.admin;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.mcp.edge.OpenCalls;
import io.mcpserver.storage.service.StoreService;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready when the store is open and the server is not ending, so that clients are sent here in between only. */
@org.eclipse.microprofile.health.Readiness
@Singleton
class Readiness implements HealthCheck {

    private final OpenCalls calls;
    private final StoreService stores;
    private final LiveConfig config;

    Readiness(OpenCalls calls, StoreService stores, LiveConfig config) {
        this.calls = calls;
        this.stores = stores;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("mcp-server")
                .withData("store", stores.isOpen() ? "open" : "not open")
                .withData("calls", calls.closed() ? "no longer accepted" : "accepted")
                .withData("configuration_generation", config.generation())
                .status(stores.isOpen() && !calls.closed())
                .build();
    }
}
