package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.LogLevel;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.ToolClient;
import java.util.Map;

/** The client as a tool sees it that has a deadline: while it answers the clock stands, and after the end it hears nothing. */
record AttendedClient(ToolClient client, TimedWork<?> call) implements ToolClient {

    @Override
    public boolean can(ClientFeature feature) {
        return client.can(feature);
    }

    @Override
    public boolean wantsProgress() {
        return client.wantsProgress();
    }

    @Override
    public void progress(double progress, double total, String message) {
        if (!call.isOver()) {
            client.progress(progress, total, message);
        }
    }

    @Override
    public void log(LogLevel level, String logger, JsonNode data) {
        if (!call.isOver()) {
            client.log(level, logger, data);
        }
    }

    @Override
    public Map<String, ObjectNode> ask(Map<String, Question> questions) throws InterruptedException {
        call.pause();
        try {
            if (call.isOver()) {
                throw new InterruptedException("The call is over; nobody is asked.");
            }
            return client.ask(questions);
        } finally {
            call.resume();
        }
    }
}
