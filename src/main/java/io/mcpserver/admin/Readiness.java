package io.mcpserver.admin;

import io.mcpserver.mcp.edge.OpenCalls;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Not ready while the server is shutting down, so that no new client is sent here. */
@org.eclipse.microprofile.health.Readiness
@Singleton
class Readiness implements HealthCheck {

    private final OpenCalls calls;

    Readiness(OpenCalls calls) {
        this.calls = calls;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("accepts calls").status(!calls.closed()).build();
    }
}
