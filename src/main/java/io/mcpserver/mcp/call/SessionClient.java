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
import java.util.Map;
import java.util.Optional;
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
        return token().isPresent();
    }

    @Override
    public void progress(double progress, double total, String message) {
        token().ifPresent(token -> wire.notify(Notices.progress(token, progress, total, message)));
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

    private Optional<Object> token() {
        return RequestMeta.of(request.json()).flatMap(RequestMeta::progressToken);
    }
}
