package io.mcpserver.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this program, as the build wrote it. */
public final class ProgramVersion {

    private ProgramVersion() {}

    /** Such as {@code 1.2.0}. */
    public static String get() {
        try (InputStream resource = ProgramVersion.class.getResourceAsStream("/mcp-server.version")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
