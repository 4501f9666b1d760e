package io.mcpserver.admin;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.mcp.edge.OpenCalls;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.discovery.DiscoveryReport;
import io.mcpserver.tool.discovery.FileState;
import io.mcpserver.tool.discovery.ToolDiscovery;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Ready when the store is open and the server is not ending, so that clients are sent here in between only. */
@org.eclipse.microprofile.health.Readiness
@Singleton
class Readiness implements AsyncHealthCheck {

    private static final int MOST_NAMES = 20;

    private final OpenCalls calls;
    private final StoreService stores;
    private final LiveConfig config;
    private final ToolDiscovery discovery;

    Readiness(OpenCalls calls, StoreService stores, LiveConfig config, ToolDiscovery discovery) {
        this.calls = calls;
        this.stores = stores;
        this.config = config;
        this.discovery = discovery;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        // Nothing of it blocks, and only here is the request known.
        boolean operator = HealthAudience.isOperator();
        return Uni.createFrom().item(() -> answer(operator));
    }

    private HealthCheckResponse answer(boolean operator) {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("mcp-server")
                .withData("store", stores.isOpen() ? "open" : "not open")
                .withData("calls", calls.closed() ? "no longer accepted" : "accepted")
                .withData("configuration_generation", config.generation())
                .status(stores.isOpen() && !calls.closed());
        if (operator) {
            stores.refusal().ifPresent(reason -> answer.withData("store_reason", reason));
        }
        toolFiles(answer, operator);
        return answer.build();
    }

    /** Quarantined files make a server no less ready. Names and words of ours only for anybody; reasons for the operator. */
    private void toolFiles(HealthCheckResponseBuilder answer, boolean operator) {
        DiscoveryReport report = discovery.last();
        List<FileState> quarantined = report.files(FileState.State.QUARANTINED);
        answer.withData("tool_files", report.files(FileState.State.LIVE).size())
                .withData("tool_files_generation", report.generation());
        if (report.outcome() == DiscoveryReport.Outcome.FAILED) {
            answer.withData("tool_files_failed", "what changed could not be put in force; what was before still is");
        }
        if (!quarantined.isEmpty()) {
            answer.withData(
                    "tool_files_quarantined",
                    quarantined.stream()
                            .limit(MOST_NAMES)
                            .map(Readiness::nameAndReason)
                            .collect(Collectors.joining(", ", quarantined.size() + ": ", "")));
            if (operator) {
                List<Path> folders = config.now().tools().directories();
                answer.withData(
                        "tool_files_reasons",
                        quarantined.stream()
                                .limit(MOST_NAMES)
                                .map(file -> QuarantineReason.of(file, folders))
                                .collect(Collectors.joining(" | ")));
            }
        }
    }

    private static String nameAndReason(FileState file) {
        return file.name()
                + file.reason().map(reason -> " (" + reason.word() + ")").orElse("");
    }
}
