package io.mcpserver.tool.dropin;

import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.file.ToolFileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A source file of Java with methods that are marked as tools; compiled in memory by the compiler of the JDK. */
public final class JavaToolFile implements ToolFileFormat {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 1_000_000;

    private final Supplier<Optional<JavaCompiler>> compiler;
    private final BoundedTime time;
    private final LoadInTime loads;

    public JavaToolFile() {
        this(() -> Optional.ofNullable(ToolProvider.getSystemJavaCompiler()), LIMIT);
    }

    JavaToolFile(Supplier<Optional<JavaCompiler>> compiler, Duration limit) {
        this.compiler = compiler;
        this.time = new BoundedTime(limit);
        this.loads = new LoadInTime(time);
    }

    @Override
    public boolean takes(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".java")
                && !name.startsWith(".")
                && !name.equals("package-info.java")
                && !name.equals("module-info.java");
    }

    @Override
    public LoadedFile load(Path file, String shown, Surroundings surroundings) {
        return loads.load(shown, () -> read(file, new Faults(shown), surroundings));
    }

    private LoadedFile read(Path file, Faults faults, Surroundings surroundings) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            faults.error("is larger than %,d bytes; larger tools go into a jar".formatted(MOST_BYTES));
        }
        Optional<JavaCompiler> javac = compiler.get();
        if (javac.isEmpty()) {
            faults.error(("cannot be compiled: the Java that runs this server (%s) has no compiler, the module"
                            + " jdk.compiler; run it on a JDK, or compile the file elsewhere and put a jar here")
                    .formatted(System.getProperty("java.home")));
        }
        Optional<String> source = faults.any() ? Optional.empty() : SourceText.of(bytes, faults);
        return source.isEmpty()
                ? LoadedFile.broken(faults.problems())
                : compiled(javac.get(), file.getFileName().toString(), source.get(), faults, surroundings);
    }

    private LoadedFile compiled(
            JavaCompiler javac, String fileName, String source, Faults faults, Surroundings surroundings)
            throws IOException {
        Compilation compilation = Compilation.of(javac, fileName, source, faults);
        if (faults.any()) {
            return LoadedFile.broken(faults.problems());
        }
        FileLoader loader = new FileLoader(fileName, ClassFiles.compiled(compilation.classes()));
        FoundTools found = new FoundTools(loader, surroundings, Fingerprint.of(source), faults);
        int marked = 0;
        for (String name : compilation.classes().keySet()) {
            marked += ClassSearch.find(name, compilation.lines(), found);
        }
        if (marked == 0 && !faults.any()) {
            faults.error("brings no tool: no method of it is marked with @Tool of io.mcpserver.tool.api");
        }
        return found.loaded(time);
    }
}
