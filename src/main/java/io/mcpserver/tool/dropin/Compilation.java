package io.mcpserver.tool.dropin;

import com.sun.source.util.JavacTask;
import io.mcpserver.config.Problem.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;

/**
 * A source file compiled in memory, against the JDK that runs and the published API, without annotation processors.
 *
 * <p>Refers to the compiler of the JDK; not loaded where there is none.
 *
 * @param classes by binary name; none where something is wrong
 */
record Compilation(Map<String, byte[]> classes, SourceLines lines) {

    private static final List<String> OPTIONS =
            List.of("-proc:none", "-parameters", "-g", "-implicit:none", "-Xlint:deprecation,removal,unchecked");

    /**
     * Compiles it.
     *
     * @param fileName such as {@code Weather.java}
     * @param faults is told all that the compiler says
     */
    static Compilation of(JavaCompiler compiler, String fileName, String source, Faults faults) throws IOException {
        DiagnosticListener<JavaFileObject> listener = diagnostic -> tell(diagnostic, faults);
        try (MemoryFiles files = new MemoryFiles(compiler.getStandardFileManager(listener, Locale.ENGLISH, null))) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, listener, OPTIONS, null, List.of(MemoryFiles.source(fileName, source)));
            task.setLocale(Locale.ENGLISH);
            SourceLines lines = SourceLines.of(task.parse(), task);
            task.analyze();
            if (!faults.any()) {
                task.generate();
            }
            return new Compilation(faults.any() ? Map.of() : files.classes(), lines);
        }
    }

    private static void tell(Diagnostic<? extends JavaFileObject> diagnostic, Faults faults) {
        Severity severity =
                switch (diagnostic.getKind()) {
                    case ERROR -> Severity.ERROR;
                    case WARNING, MANDATORY_WARNING -> Severity.NOTE;
                    case NOTE, OTHER -> null;
                };
        if (severity != null) {
            faults.add(
                    severity,
                    (int) Math.max(0, diagnostic.getLineNumber()),
                    (int) Math.max(0, diagnostic.getColumnNumber()),
                    "",
                    diagnostic.getMessage(Locale.ENGLISH));
        }
    }
}
