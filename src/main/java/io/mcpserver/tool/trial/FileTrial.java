package io.mcpserver.tool.trial;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.file.ToolFileFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the tests that stand in a tool file, on tools that are loaded for this alone: on a store of their own where the
 * file gives documents, else on the store of the server, of which they may only read.
 */
public final class FileTrial {

    private final ToolFileFormat format;
    private final Surroundings surroundings;

    /** @param surroundings of the file, as it is served */
    public FileTrial(ToolFileFormat format, Surroundings surroundings) {
        this.format = format;
        this.surroundings = surroundings;
    }

    /**
     * Runs all tests of a file, those that share documents together; none where the file is not usable.
     *
     * @param shown what reports call the file
     * @return in the order of the file
     */
    public List<TestReport> run(Path file, String shown) {
        LoadedFile loaded = format.load(file, shown, surroundings);
        loaded.closing().run();
        Map<Optional<ObjectNode>, List<FileTest>> byDocuments = new LinkedHashMap<>();
        loaded.tests().forEach(test -> byDocuments
                .computeIfAbsent(test.documents(), documents -> new ArrayList<>())
                .add(test));
        List<TestReport> reports = new ArrayList<>();
        byDocuments.forEach((documents, tests) -> reports.addAll(run(file, shown, documents, tests)));
        reports.sort(Comparator.comparingInt(TestReport::line));
        return reports;
    }

    private List<TestReport> run(Path file, String shown, Optional<ObjectNode> documents, List<FileTest> tests) {
        try (TestStore store = documents
                .map(given -> TestStore.of(surroundings.config(), given))
                .orElseGet(() -> TestStore.readOnly(surroundings::store))) {
            LoadedFile loaded = format.load(file, shown, new TrialSurroundings(surroundings, store));
            ServerConfig config = surroundings.config();
            try (ToolTestBench bench = new ToolTestBench(
                    loaded.offer().tools(),
                    config.performance().requestTimeout(),
                    config.tools().maxResultBytes())) {
                return tests.stream().map(test -> report(shown, test, bench)).toList();
            } finally {
                loaded.closing().run();
            }
        }
    }

    private static TestReport report(String shown, FileTest test, ToolTestBench bench) {
        return new TestReport(shown, test.line(), test.tool(), test.name(), test.run(bench));
    }
}
