package io.mcpserver.tool.dropin;

import io.mcpserver.config.Problem;
import io.mcpserver.tool.file.LoadedFile;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Loads a tool file, in a Java that may have no compiler, and says what came of it. */
final class WithoutCompiler {

    private WithoutCompiler() {}

    public static void main(String[] args) {
        Path file = Path.of(args[0]);
        try (DropIns dropIns = new DropIns(file.getParent())) {
            LoadedFile loaded = dropIns.load(args[0].endsWith(".jar") ? new JarToolFile() : new JavaToolFile(), file);
            System.out.println(
                    loaded.usable()
                            ? dropIns.answer(loaded, args[1], "{}").text()
                            : loaded.problems().stream().map(Problem::render).collect(Collectors.joining("\n")));
        }
        System.exit(0);
    }
}
