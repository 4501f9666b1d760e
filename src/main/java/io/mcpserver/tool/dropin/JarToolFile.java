package io.mcpserver.tool.dropin;

import io.mcpserver.tool.api.ToolProvider;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.file.ToolFileFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * A jar with providers of tools, which {@code META-INF/services} names, or with classes that have methods marked as tools,
 * which the attribute {@code MCP-Tool-Classes} of its manifest names.
 */
public final class JarToolFile implements ToolFileFormat {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST_PROVIDERS = 100;

    private final BoundedTime time;
    private final LoadInTime loads;

    public JarToolFile() {
        this(LIMIT);
    }

    JarToolFile(Duration limit) {
        this.time = new BoundedTime(limit);
        this.loads = new LoadInTime(time);
    }

    @Override
    public boolean takes(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jar") && !name.startsWith(".");
    }

    @Override
    public LoadedFile load(Path file, String shown, Surroundings surroundings) {
        return loads.load(shown, () -> read(file, new Faults(shown), surroundings));
    }

    private LoadedFile read(Path file, Faults faults, Surroundings surroundings) throws IOException {
        JarContents contents = JarContents.of(file);
        FileLoader loader = new FileLoader(file.getFileName().toString(), contents);
        FoundTools found = new FoundTools(loader, surroundings, contents.version(), faults);
        try {
            List<String> classes = contents.toolClasses();
            for (String name : classes) {
                if (ClassSearch.find(name, Lines.UNKNOWN, found) == 0 && !faults.any()) {
                    faults.error(0, name, "MCP-Tool-Classes names it, but no method of it is marked with @Tool");
                }
            }
            int providers = provided(found);
            if (classes.isEmpty() && providers == 0) {
                faults.error("brings no tool: it has neither META-INF/services/" + ToolProvider.class.getName()
                        + " nor the attribute MCP-Tool-Classes in its manifest");
            }
        } catch (IOException | RuntimeException | Error e) {
            loader.close();
            throw e;
        }
        return found.loaded(time);
    }

    private static int provided(FoundTools found) {
        Iterator<ToolProvider> providers =
                ServiceLoader.load(ToolProvider.class, found.loader()).iterator();
        int seen = 0;
        Optional<ToolProvider> next = next(providers, found);
        while (next.isPresent() && seen < MOST_PROVIDERS) {
            seen++;
            found.hold(next.get());
            new DefinedTools(found).add(next.get());
            next = next(providers, found);
        }
        return found.faults().any() ? Math.max(1, seen) : seen;
    }

    /** The next provider; one that cannot be made ends them, since what is wrong there has to be mended first. */
    private static Optional<ToolProvider> next(Iterator<ToolProvider> providers, FoundTools found) {
        try {
            return AuthorCode.run(
                    found.loader(), () -> providers.hasNext() ? Optional.of(providers.next()) : Optional.empty());
        } catch (AuthorFailure | RuntimeException | InterruptedException | ServiceConfigurationError e) {
            found.faults().error("a provider cannot be made: " + e.getMessage());
            return Optional.empty();
        }
    }
}
