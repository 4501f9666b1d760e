package io.mcpserver.tool.offline;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.discovery.FirstLook;
import io.mcpserver.tool.trial.TestReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The tool files of a configuration, looked at as a server would that starts now, for commands that run without one.
 *
 * <p>For one thread. Closing: gives back what the tools hold.
 */
public final class OfflineTools implements AutoCloseable {

    private final ServerConfig config;
    private final boolean tested;
    private final OfflineParts parts;
    private final List<FirstLook> looks = new ArrayList<>();

    /** Tests are run where the configuration demands that they pass before a file goes live. */
    public OfflineTools(ServerConfig config) {
        this(config, true);
    }

    /** @param tested whether tests are run where the configuration demands that they pass before a file goes live */
    public OfflineTools(ServerConfig config, boolean tested) {
        this.config = config;
        this.tested = tested;
        this.parts = new OfflineParts(config);
    }

    /** The files that the server would find in {@code tools.directories}, by folder and name. */
    public List<OfflineFile> inDirectories() {
        List<TestReport> reports = new ArrayList<>();
        return files(FirstLook.intoFolders(config, parts::in, tests(reports)), reports);
    }

    /** These files, each as if its folder were one of {@code tools.directories}. */
    public List<OfflineFile> read(List<Path> files) {
        List<TestReport> reports = new ArrayList<>();
        return files(FirstLook.at(files, config, parts::in, tests(reports)), reports);
    }

    private Optional<Consumer<TestReport>> tests(List<TestReport> reports) {
        return tested ? Optional.of(reports::add) : Optional.empty();
    }

    private List<OfflineFile> files(FirstLook look, List<TestReport> reports) {
        looks.add(look);
        return look.files().stream()
                .map(seen -> new OfflineFile(
                        seen,
                        reports.stream()
                                .filter(report ->
                                        report.file().equals(seen.state().file()))
                                .toList(),
                        config))
                .toList();
    }

    /** What is wrong with the folders in which was looked. */
    public List<Problem> problems() {
        return looks.stream().flatMap(look -> look.problems().stream()).toList();
    }

    @Override
    public void close() {
        looks.forEach(FirstLook::close);
        parts.close();
    }
}
