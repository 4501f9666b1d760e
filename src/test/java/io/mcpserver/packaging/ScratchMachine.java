package io.mcpserver.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A machine to run shell scripts on: only the programs and Javas that a test puts there exist, wherever the real
 * machine has its own. Everything lies in one folder, with a space in its path.
 */
public final class ScratchMachine {

    /** What a script printed and how it ended. */
    public record Outcome(int exitCode, String stdout, String stderr) {}

    /** What the scripts may count on anywhere; they find it at the place where this machine has it. */
    private static final List<String> BASE_PROGRAMS = List.of(
            "sh",
            "cat",
            "chmod",
            "cp",
            "cut",
            "dirname",
            "grep",
            "head",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sha512sum",
            "sleep",
            "uname");

    private final Path root;
    private final Path programs;
    private final Map<String, String> environment = new TreeMap<>();

    public ScratchMachine(Path folder) throws IOException {
        root = folder.resolve("a machine");
        programs = Files.createDirectories(root.resolve("usr/bin"));
        Path home = Files.createDirectories(root.resolve("home"));
        for (String program : BASE_PROGRAMS) {
            Files.createSymbolicLink(programs.resolve(program), find(program));
        }
        environment.put("PATH", programs.toString());
        environment.put("HOME", home.toString());
        environment.put("JAVA_SEARCH_ROOT", root.toString());
    }

    private static Path find(String program) {
        for (String folder : List.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return Path.of(folder, program);
            }
        }
        throw new IllegalStateException("This machine has no " + program);
    }

    public Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** Sets a variable; null takes it away. */
    public ScratchMachine env(String name, Object value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value.toString());
        }
        return this;
    }

    /** Puts a shell script on PATH. */
    public ScratchMachine program(String name, String... lines) throws IOException {
        script(programs.resolve(name), lines);
        return this;
    }

    public ScratchMachine withoutProgram(String name) throws IOException {
        Files.deleteIfExists(programs.resolve(name));
        return this;
    }

    /** A JDK whose {@code java} prints its version, its process id, its working directory and its arguments. */
    public Path jdk(String place, String version) throws IOException {
        Path home = root.resolve(place);
        Files.createDirectories(home);
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(
                home.resolve("bin/java"),
                "echo \"java " + version + "\"",
                "echo \"pid $$\"",
                "echo \"in $PWD\"",
                "for argument; do echo \"<$argument>\"; done",
                "exit ${FAKE_EXIT:-0}");
        script(home.resolve("bin/javac"), "exit 0");
        Path jar = Path.of(System.getProperty("java.home"), "bin", "jar");
        Files.createSymbolicLink(home.resolve("bin/jar"), jar);
        return home;
    }

    /** Writes an executable shell script. */
    public static void script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs a program in a folder, with nothing on its input, for at most a minute. */
    public Outcome run(Path directory, String program, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(root, "stdout", "");
        Path err = Files.createTempFile(root, "stderr", "");
        Process process = start(directory, out, err, program, arguments);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Still running: " + Files.readString(out) + Files.readString(err));
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Starts a program and returns at once. */
    public Process start(Path directory, Path out, Path err, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }
}
