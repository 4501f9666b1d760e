package io.mcpserver.mcp.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.RequestMeta;
import io.mcpserver.tool.CapabilityMissing;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.LogLevel;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.ToolClient;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A client with a session, for the time of one call: it is asked while the tool waits. */
public final class SessionClient implements ToolClient {

    private final Conversation conversation;
    private final Request request;
    private final Wire wire;
    private final Questions questions;

    public SessionClient(Conversation conversation, Request request, Wire wire, Questions questions) {
        this.conversation = conversation;
        this.request = request;
        this.wire = wire;
        this.questions = questions;
    }

    @Override
    public boolean can(ClientFeature feature) {
        return conversation.clientCan(feature.capability());
    }

    @Override
    public boolean wantsProgress() {
        return token() != null;
    }

    @Override
    public void progress(double progress, double total, String message) {
        Object token = token();
        if (token != null) {
            wire.notify(Notices.progress(token, progress, total, message));
        }
    }

    @Override
    public void log(LogLevel level, String logger, JsonNode data) {
        LogLevel least = LogLevel.of(conversation.leastLogLevel()).orElse(LogLevel.INFO);
        if (level.compareTo(least) >= 0) {
            wire.notify(Notices.log(level, logger, data));
        }
    }

    @Override
    public Map<String, ObjectNode> ask(Map<String, Question> asked) throws InterruptedException {
        Set<ClientFeature> missing = asked.values().stream()
                .map(Question::needs)
                .filter(feature -> !can(feature))
                .collect(Collectors.toSet());
        if (!missing.isEmpty()) {
            throw new CapabilityMissing(missing);
        }
        return questions.ask(conversation, wire, asked);
    }

    private Object token() {
        return RequestMeta.of(request.json()).map(SessionClient::token).orElse(null);
    }

    private static Object token(JsonObject meta) {
        Object token = meta.getValue(RequestMeta.PROGRESS_TOKEN);
        return token instanceof String || token instanceof Number ? token : null;
    }
}
