package io.mcpserver.tool.declarative.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a program finds on its standard input. What a pipe holds at once goes into the pipe; more lies in a file that only
 * this user can read and that has no name once the program runs, because writing into a pipe may take for ever.
 *
 * <p>Closing: deletes the file; once the program was started.
 */
final class StandardInput implements AutoCloseable {

    /** Less than the pipe of any system holds. */
    private static final int AT_ONCE = 4_096;

    private final byte[] bytes;
    private final Optional<Path> file;

    StandardInput(byte[] bytes) throws IOException {
        this.bytes = bytes;
        this.file =
                bytes.length > AT_ONCE ? Optional.of(Files.createTempFile("mcp-server-input", null)) : Optional.empty();
        if (file.isPresent()) {
            try {
                Files.write(file.get(), bytes);
            } catch (IOException e) {
                close();
                throw e;
            }
        }
    }

    Redirect source() {
        return file.map(path -> Redirect.from(path.toFile())).orElse(Redirect.PIPE);
    }

    /** Writes what does not come from the file. A program may close its input whenever it has read enough. */
    void feed(Process process) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(file.isPresent() ? new byte[0] : bytes);
        } catch (IOException e) {
            System.getLogger(StandardInput.class.getName()).log(System.Logger.Level.DEBUG, "feeding a program", e);
        }
    }

    @Override
    public void close() {
        file.ifPresent(path -> {
            // Where a file that is open cannot be deleted, it goes with the server.
            if (!path.toFile().delete()) {
                path.toFile().deleteOnExit();
            }
        });
    }
}
