package io.mcpserver.mcp.extension;

import io.quarkiverse.mcp.server.InitialCheck;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.quarkiverse.mcp.server.InitialResponseInfo;
import io.quarkiverse.mcp.server.runtime.CancellationRequests;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkiverse.mcp.server.runtime.McpMessageHandler;
import io.quarkiverse.mcp.server.runtime.McpMetadata;
import io.quarkiverse.mcp.server.runtime.McpRequestValidator;
import io.quarkiverse.mcp.server.runtime.McpTracing;
import io.quarkiverse.mcp.server.runtime.NotificationManagerImpl;
import io.quarkiverse.mcp.server.runtime.PromptCompletionManagerImpl;
import io.quarkiverse.mcp.server.runtime.PromptManagerImpl;
import io.quarkiverse.mcp.server.runtime.ResourceManagerImpl;
import io.quarkiverse.mcp.server.runtime.ResourceTemplateCompletionManagerImpl;
import io.quarkiverse.mcp.server.runtime.ResourceTemplateManagerImpl;
import io.quarkiverse.mcp.server.runtime.ServerRequests;
import io.quarkiverse.mcp.server.runtime.ToolManagerImpl;
import io.quarkiverse.mcp.server.runtime.config.McpServersRuntimeConfig;
import io.quarkus.arc.All;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;

/** The extension's own handling of messages, opened to transports that it does not bring. */
@Singleton
class ProtocolHandler extends McpMessageHandler<Exchange> {

    ProtocolHandler(
            McpServersRuntimeConfig config,
            ConnectionManager connections,
            PromptManagerImpl prompts,
            ToolManagerImpl tools,
            ResourceManagerImpl resources,
            PromptCompletionManagerImpl promptCompletions,
            ResourceTemplateManagerImpl templates,
            ResourceTemplateCompletionManagerImpl templateCompletions,
            NotificationManagerImpl notifications,
            ServerRequests serverRequests,
            CancellationRequests cancellations,
            @All List<InitialCheck> initialChecks,
            @All List<InitialResponseInfo> initialResponses,
            McpMetadata metadata,
            Vertx vertx,
            Instance<McpTracing> tracing,
            Instance<McpRequestValidator> validator) {
        super(
                config,
                connections,
                prompts,
                tools,
                resources,
                promptCompletions,
                templates,
                templateCompletions,
                notifications,
                serverRequests,
                metadata,
                vertx,
                initialChecks,
                initialResponses,
                // It counts by the names that clients send, known or not; what this program counts is bounded.
                null,
                presentOrNull(tracing),
                presentOrNull(validator),
                cancellations);
    }

    private static <T> T presentOrNull(Instance<T> instance) {
        return instance.isResolvable() ? instance.get() : null;
    }

    @Override
    protected Transport transport() {
        return Transport.STDIO;
    }

    @Override
    protected Future<Void> unsupportedMethod(JsonObject message, Exchange exchange) {
        // A notification out of turn, such as a second initialized, has no id to answer under.
        return message.containsKey("id") ? super.unsupportedMethod(message, exchange) : Future.succeededFuture();
    }
}
