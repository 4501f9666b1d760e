package io.mcpserver.tool.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.LogLevel;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import java.util.Map;

/** A call that remembers whether the tool asked its client anything, and whether it looked at its caller. */
final class WatchedCall implements ToolCall {

    private final ToolCall call;
    private volatile boolean dependsOnClient;
    private volatile boolean dependsOnCaller;

    WatchedCall(ToolCall call) {
        this.call = call;
    }

    /** Whether another client could have got another result. */
    boolean dependsOnClient() {
        return dependsOnClient;
    }

    /** Whether another caller could have got another result. */
    boolean dependsOnCaller() {
        return dependsOnCaller;
    }

    @Override
    public ObjectNode arguments() {
        return call.arguments();
    }

    @Override
    public <A> A arguments(Class<A> type) {
        return call.arguments(type);
    }

    @Override
    public ToolCaller caller() {
        dependsOnCaller = true;
        return call.caller();
    }

    @Override
    public ToolClient client() {
        return new WatchedClient(call.client());
    }

    private final class WatchedClient implements ToolClient {

        private final ToolClient client;

        WatchedClient(ToolClient client) {
            this.client = client;
        }

        @Override
        public boolean can(ClientFeature feature) {
            dependsOnClient = true;
            return client.can(feature);
        }

        @Override
        public boolean wantsProgress() {
            return client.wantsProgress();
        }

        @Override
        public void progress(double progress, double total, String message) {
            client.progress(progress, total, message);
        }

        @Override
        public void log(LogLevel level, String logger, JsonNode data) {
            client.log(level, logger, data);
        }

        @Override
        public Map<String, ObjectNode> ask(Map<String, Question> questions) throws InterruptedException {
            dependsOnClient = true;
            return client.ask(questions);
        }
    }
}
