package io.mcpserver.tool.dropin;

import io.mcpserver.config.Problem;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found in one tool file so far, and what has to be closed when it goes. For the thread that loads the file.
 *
 * @param version changes whenever the file does
 */
record FoundTools(
        FileLoader loader,
        AuthorThreads threads,
        Surroundings surroundings,
        String version,
        Faults faults,
        Map<String, ToolSpec> tools,
        List<FileTest> tests,
        List<AutoCloseable> held) {

    private static final int MOST = 1_000;

    FoundTools(FileLoader loader, Surroundings surroundings, String version, Faults faults) {
        this(
                loader,
                new AuthorThreads(loader),
                surroundings,
                version,
                faults,
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** @param line of the tool; 0 where it is not known */
    void add(ToolSpec tool, int line) {
        if (tools.putIfAbsent(tool.name(), tool) != null) {
            faults.error(line, tool.name(), "two tools of this file have this name");
        } else if (tools.size() > MOST) {
            throw new IllegalStateException("it brings more than %,d tools".formatted(MOST));
        }
    }

    /** Something of the author's, closed with the file if it can be. */
    void hold(Object made) {
        if (made instanceof AutoCloseable closeable) {
            held.add(closeable);
        }
    }

    /** The file, with what was found; or closed and only its problems, if one of them is an error. */
    LoadedFile loaded(BoundedTime closing) {
        Runnable close = () -> Closing.close(held, loader, threads, closing);
        List<Problem> problems = faults.problems();
        if (faults.any()) {
            close.run();
            return LoadedFile.broken(problems);
        }
        return new LoadedFile(new Offer(List.copyOf(tools.values()), List.of(), List.of()), problems, tests, close);
    }
}
