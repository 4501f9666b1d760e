package io.mcpserver.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A client that remembers what it heard and answers every question of one kind alike. */
public class TestClient implements ToolClient {

    /** What was said of progress. */
    public record Step(double progress, double total, String message) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<ClientFeature> features;
    private final String answer;
    private final List<Step> steps = Collections.synchronizedList(new ArrayList<>());
    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Question> asked = Collections.synchronizedMap(new HashMap<>());

    /** @param answer to each question, as JSON with single quotes */
    public TestClient(String answer, ClientFeature... features) {
        this.answer = answer.replace('\'', '"');
        this.features = Set.of(features);
    }

    public List<Step> steps() {
        return steps;
    }

    public List<String> logged() {
        return logged;
    }

    public Map<String, Question> asked() {
        return asked;
    }

    @Override
    public boolean can(ClientFeature feature) {
        return features.contains(feature);
    }

    @Override
    public boolean wantsProgress() {
        return true;
    }

    @Override
    public void progress(double progress, double total, String message) {
        steps.add(new Step(progress, total, message));
    }

    @Override
    public void log(LogLevel level, String logger, JsonNode data) {
        logged.add(level + " " + data.asText());
    }

    @Override
    public Map<String, ObjectNode> ask(Map<String, Question> questions) throws InterruptedException {
        asked.putAll(questions);
        Map<String, ObjectNode> answers = new HashMap<>();
        questions.keySet().forEach(key -> answers.put(key, json(answer)));
        return answers;
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
