package io.mcpserver.tool.dropin;

import io.mcpserver.tool.api.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The classes of the published API, which is all that a tool file sees of the server. */
final class ApiClasses {

    static final String PACKAGE = Tool.class.getPackageName();

    /** Their names within the package; a folder cannot be listed wherever classes may be. */
    static final List<String> NAMES = List.of(
            "Arg",
            "Caller",
            "Example",
            "Example$List",
            "Tool",
            "ToolContext",
            "ToolDefinition",
            "ToolDefinition$Draft",
            "ToolDefinition$Work",
            "ToolError",
            "ToolError$Code",
            "ToolProvider");

    private ApiClasses() {}

    static boolean has(String className) {
        return className.startsWith(PACKAGE + ".") && NAMES.contains(className.substring(PACKAGE.length() + 1));
    }

    /** @param name within the package */
    static byte[] bytes(String name) {
        try (InputStream in = Tool.class.getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new IllegalStateException("The class " + PACKAGE + "." + name + " is not there.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
