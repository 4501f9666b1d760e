package io.mcpserver.mcp.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.RequestMeta;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.LogLevel;
import io.mcpserver.tool.Question;
import java.util.Map;
import java.util.Optional;

/** A client with a session, for the time of one call: it is asked while the tool waits. */
public final class SessionClient extends NotifiedClient {

    private final Conversation conversation;
    private final Request request;
    private final Wire wire;
    private final Questions questions;

    public SessionClient(Conversation conversation, Request request, Wire wire, Questions questions) {
        super(wire);
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
    protected boolean wants(LogLevel level) {
        return level.compareTo(LogLevel.of(conversation.leastLogLevel()).orElse(LogLevel.INFO)) >= 0;
    }

    @Override
    public Map<String, ObjectNode> ask(Map<String, Question> asked) throws InterruptedException {
        checkCanAnswer(asked.values());
        return questions.ask(conversation, wire, asked);
    }

    @Override
    protected Optional<Object> progressToken() {
        return RequestMeta.of(request.json()).flatMap(RequestMeta::progressToken);
    }
}
