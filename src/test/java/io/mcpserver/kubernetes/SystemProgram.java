package io.mcpserver.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One run of a program of the system, to its end. */
public record SystemProgram(int exitCode, String out, String err) {

    /** Runs it with nothing on its input, for at most two minutes. */
    public static SystemProgram run(String... command) {
        try {
            Path out = Files.createTempFile("out", "");
            Path err = Files.createTempFile("err", "");
            try {
                return finish(
                        new ProcessBuilder(command)
                                .redirectInput(Path.of("/dev/null").toFile())
                                .redirectOutput(out.toFile())
                                .redirectError(err.toFile())
                                .start(),
                        out,
                        err);
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("This test needs " + command[0] + "; .ci/run installs it.", e);
        }
    }

    private static SystemProgram finish(Process process, Path out, Path err) throws IOException {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("Still running: " + Files.readString(out) + Files.readString(err));
            }
            return new SystemProgram(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it printed; fails with what it complained of where it did not end well. */
    public String orFail() {
        if (exitCode != 0) {
            throw new AssertionError("exit code " + exitCode + ": " + out + err);
        }
        return out;
    }
}
