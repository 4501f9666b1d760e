package io.mcpserver.tool.discovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.config.Problem;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.file.ToolFileFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A format for tests: each line of a {@code .txt} file, {@code NAME: TEXT}, is a tool that answers with the text; {@code
 * test NAME: TEXT} is a test of what it answers; {@code broken} is a fault.
 */
class TextFiles implements ToolFileFormat {

    /** How often files were loaded, by name. */
    final ConcurrentMap<String, Integer> loads = new ConcurrentHashMap<>();

    /** For each loading in turn, whether it was for a trial. */
    final List<Boolean> trials = new CopyOnWriteArrayList<>();

    /** First lines of the versions whose closing ran. */
    final List<String> closed = new CopyOnWriteArrayList<>();

    /** A file that the configuration no longer allows. */
    volatile String forbidden = "";

    /** What happens at the beginning of each trial. */
    volatile Runnable onTrial = () -> {};

    /** Whether a file that was tried out cannot be closed, nor used. */
    volatile boolean failsOnTrial;

    /** What tools throw in place of an answer. */
    volatile Optional<ErrorCode> fault = Optional.empty();

    @Override
    public boolean takes(Path file) {
        return file.toString().endsWith(".txt");
    }

    @Override
    public LoadedFile load(Path file, String shown, Surroundings surroundings) {
        boolean trial = surroundings != null && surroundings.trial();
        trials.add(trial);
        if (trial) {
            onTrial.run();
        }
        loads.merge(file.getFileName().toString(), 1, Integer::sum);
        List<ToolSpec> tools = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<FileTest> tests = new ArrayList<>();
        List<String> lines = lines(file);
        if (file.endsWith(forbidden)) {
            lines = List.of("forbidden");
        }
        for (int line = 1; line <= lines.size(); line++) {
            String[] parts = lines.get(line - 1).split(": ", 2);
            if (parts.length < 2) {
                problems.add(new Problem(
                        Problem.Severity.ERROR, shown, line, 0, "", "must be NAME: TEXT", Optional.empty()));
            } else if (parts[0].startsWith("test ")) {
                tests.add(new AnswerTest(parts[0].substring("test ".length()), parts[1], line));
            } else {
                tools.add(ToolSpec.named(parts[0]).version(parts[1]).computes(call -> answer(parts[1])));
            }
        }
        String first = lines.getFirst();
        if (trial && failsOnTrial) {
            Problem problem = new Problem(Problem.Severity.ERROR, shown, 1, 0, "", "cannot be tried", Optional.empty());
            return new LoadedFile(Offer.NOTHING, List.of(problem), List.of(), () -> {
                throw new IllegalStateException("on purpose");
            });
        }
        return problems.isEmpty()
                ? new LoadedFile(new Offer(tools, List.of(), List.of()), problems, tests, () -> closed.add(first))
                : LoadedFile.broken(problems);
    }

    private ToolResult answer(String text) {
        fault.ifPresent(code -> {
            throw new CodedException(code, "on purpose");
        });
        return ToolResult.ofText(text);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record AnswerTest(String tool, String expected, int line) implements FileTest {

        @Override
        public String name() {
            return "answer";
        }

        @Override
        public Optional<String> run(Bench bench) {
            ToolOutcome outcome = bench.call(tool, JsonNodeFactory.instance.objectNode(), ToolCaller.ANYBODY);
            String text = ((ToolOutcome.Success) outcome).result().text();
            return text.equals(expected)
                    ? Optional.empty()
                    : Optional.of("expected " + expected + ", but it was " + text);
        }
    }
}
