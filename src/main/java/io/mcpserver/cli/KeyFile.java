package io.mcpserver.cli;

import io.mcpserver.insight.InsightException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keys that a command is given in a file, so that none stands in a command line. */
final class KeyFile {

    private KeyFile() {}

    /**
     * The key.
     *
     * @param file {@code -} for standard input; {@code null} for none, which is an empty text
     */
    static String read(String file) {
        if (file == null) {
            return "";
        }
        try {
            return file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip()
                    : Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new InsightException(
                    "The key cannot be read from " + file + ": there is no such file, or it is not ours to read.", e);
        }
    }
}
