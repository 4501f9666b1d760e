package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.trial.ToolTestBench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the tests inside a file before it goes live, on tools of a reading of their own, which may not write to what the
 * server stores.
 */
final class TestsBefore {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ServerConfig config;
    private final FileReading reading;
    private final long begin = System.nanoTime();

    TestsBefore(ServerConfig config, FileReading reading) {
        this.config = config;
        this.reading = reading;
    }

    /** The file as it was, or refused where a test failed. */
    KnownFile run(KnownFile file) {
        if (file.newest().isEmpty()
                || file.newest().equals(file.live())
                || file.newest().get().isTested()) {
            return file;
        }
        ToolVersion version = file.newest().get();
        List<Problem> failures = version.tests().isEmpty() ? List.of() : failures(file);
        if (failures.isEmpty()) {
            version.setTested();
            return file;
        }
        version.discard();
        return file.refused(failures);
    }

    private List<Problem> failures(KnownFile file) {
        List<Problem> failures = new ArrayList<>();
        LoadedFile tried = reading.onTrial(file.found());
        try (ToolTestBench bench = ToolTestBench.of(config, tried.offer().tools())) {
            for (FileTest test : tried.tests()) {
                if (!test.needsNetwork()) {
                    run(test, bench).ifPresent(why -> failures.add(failure(file, test, why)));
                }
            }
        } finally {
            tried.closing().run();
        }
        return failures;
    }

    private static Problem failure(KnownFile file, FileTest test, String why) {
        return new Problem(
                Problem.Severity.ERROR,
                file.found().shown(),
                test.line(),
                0,
                "",
                "the test \"%s\" of %s failed: %s".formatted(test.name(), test.tool(), why),
                Optional.empty());
    }

    private Optional<String> run(FileTest test, FileTest.Bench bench) {
        if (System.nanoTime() - begin > LIMIT.toNanos()) {
            return Optional.of("the tests before it took longer than %d s".formatted(LIMIT.toSeconds()));
        }
        try {
            return test.run(bench);
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of("it could not be run (" + e.getClass().getSimpleName() + ")");
        }
    }
}
