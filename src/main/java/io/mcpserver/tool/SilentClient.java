package io.mcpserver.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** See {@link ToolClient#SILENT}. */
final class SilentClient implements ToolClient {

    @Override
    public boolean can(ClientFeature feature) {
        return false;
    }

    @Override
    public boolean wantsProgress() {
        return false;
    }

    @Override
    public void progress(double progress, double total, String message) {
        // Nobody listens.
    }

    @Override
    public void log(LogLevel level, String logger, JsonNode data) {
        // Nobody listens.
    }

    @Override
    public Map<String, ObjectNode> ask(Map<String, Question> questions) {
        Set<ClientFeature> features =
                questions.values().stream().map(Question::needs).collect(Collectors.toSet());
        throw new CapabilityMissing(features);
    }
}
