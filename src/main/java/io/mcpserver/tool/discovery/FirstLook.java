package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.trial.TestReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a server that starts now would make of tool files; nothing of it is offered to anybody.
 *
 * <p>For one thread. Closing: gives back what the tools hold.
 */
public final class FirstLook implements AutoCloseable {

    /**
     * A file.
     *
     * @param offer what it brings, whether a server would offer it or not
     * @param tests those that stand in it; none where it cannot be used
     */
    public record SeenFile(FileState state, Offer offer, List<FileTest> tests) {}

    private final Look look;

    private FirstLook(Look look) {
        this.look = look;
    }

    /**
     * Looks where the configuration says; nowhere, if it says that files are not discovered.
     *
     * @param around what tools may use, by the folder of their file
     * @param tests told of each test that has to pass before a file goes live; empty if none is to be run, whatever the
     *     configuration says. A test that found no store is taken as passed: a server would have it
     */
    public static FirstLook intoFolders(
            ServerConfig config, Function<Path, Surroundings> around, Optional<Consumer<TestReport>> tests) {
        ToolFormats formats = new ToolFormats();
        return at(ToolDirectories.of(config, formats), config, formats, around, tests);
    }

    /** Looks at these files, as if their folders were those of the configuration. */
    public static FirstLook at(
            List<Path> files,
            ServerConfig config,
            Function<Path, Surroundings> around,
            Optional<Consumer<TestReport>> tests) {
        ToolFormats formats = new ToolFormats();
        return at(new GivenFiles(files, formats::takes), config, formats, around, tests);
    }

    private static FirstLook at(
            ToolPlaces places,
            ServerConfig config,
            ToolFormats formats,
            Function<Path, Surroundings> around,
            Optional<Consumer<TestReport>> tests) {
        FileReading reading = new FileReading(places, formats, around);
        Optional<TestsBefore> before = tests.filter(told -> config.tools().testBeforeReload())
                .map(told -> new TestsBefore(config, reading, false, told));
        return new FirstLook(new Looking(config, reading, before, ProgramNames::owner).look(Map.of(), false));
    }

    /** By folder and name. */
    public List<SeenFile> files() {
        List<SeenFile> seen = new ArrayList<>();
        Iterator<FileState> states = look.states().iterator();
        for (KnownFile file : look.files().values()) {
            seen.add(new SeenFile(
                    states.next(),
                    file.newest().map(ToolVersion::offer).orElse(Offer.NOTHING),
                    file.newest().map(ToolVersion::tests).orElse(List.of())));
        }
        return seen;
    }

    /** What is wrong with folders. */
    public List<Problem> problems() {
        return look.problems();
    }

    @Override
    public void close() {
        look.discardNew();
    }
}
