package io.mcpserver.tool.search;

import io.mcpserver.embedding.Embedder;
import io.mcpserver.tool.ToolSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds tools by the meaning of what is said of them. A description that stays is embedded once, whatever becomes of the
 * other tools.
 *
 * <p>Threads: safe for any number of callers; one at a time embeds.
 */
final class ToolMeanings {

    private static final int AT_A_TIME = 25;

    /** Below it a tool has nothing to do with the question. */
    private static final double LEAST = 0.1;

    /** Vectors by the text that was embedded, of the tools of the last question. */
    private Map<String, float[]> vectors = Map.of();

    /**
     * Names of the tools that mean something like the question, best first.
     *
     * @throws InterruptedException when the caller was interrupted; what was embedded so far is kept
     */
    List<String> find(String question, Collection<ToolSpec> tools, Embedder embedder) throws InterruptedException {
        Map<String, float[]> known = vectors(tools, embedder);
        float[] asked = embedder.embed(List.of(question)).getFirst();
        Map<String, Double> nearness = new HashMap<>();
        tools.forEach(tool -> nearness.put(tool.name(), cosine(asked, known.get(text(tool)))));
        return nearness.entrySet().stream()
                .filter(tool -> tool.getValue() >= LEAST)
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private synchronized Map<String, float[]> vectors(Collection<ToolSpec> tools, Embedder embedder)
            throws InterruptedException {
        Map<String, float[]> current = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (ToolSpec tool : tools) {
            String text = text(tool);
            float[] vector = vectors.get(text);
            if (vector != null) {
                current.put(text, vector);
            } else {
                missing.add(text);
            }
        }
        if (missing.isEmpty() && current.size() == vectors.size()) {
            return vectors;
        }
        try {
            for (int i = 0; i < missing.size(); i += AT_A_TIME) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("Tools are embedded when somebody asks again.");
                }
                List<String> some = missing.subList(i, Math.min(i + AT_A_TIME, missing.size()));
                List<float[]> made = embedder.embed(some);
                for (int j = 0; j < some.size(); j++) {
                    current.put(some.get(j), made.get(j));
                }
            }
        } finally {
            vectors = Map.copyOf(current);
        }
        return vectors;
    }

    private static String text(ToolSpec tool) {
        return tool.title() + ". " + tool.description() + " " + ToolWords.arguments(tool);
    }

    /** Of vectors of the length one. */
    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
