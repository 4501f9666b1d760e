package io.mcpserver.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files of tools that answer with a text, in the folder {@code tools} of a server. */
final class ToolFile {

    private ToolFile() {}

    /** A file of one tool that answers with {@code text}, also as structured content. */
    static String answering(String tool, String text) {
        return "tools:\n" + tool(tool, text);
    }

    /** A file of two tools that answer the same. */
    static String pair(String one, String other, String text) {
        return "tools:\n" + tool(one, text) + tool(other, text);
    }

    private static String tool(String name, String text) {
        return """
                - name: %s
                  description: Answers %s.
                  output: {type: object, properties: {text: {type: string}}, required: [text]}
                  text: "%s"
                """.formatted(name, text, text).indent(2);
    }

    /** Puts a file in the place of another at once, as careful writers do. */
    static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling("." + file.getFileName()), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
