package io.mcpserver.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the server of this program as a process of its own, or in the place of this one. */
final class FullServer {

    /** For the launcher: a full server is wanted, and on which Java. */
    private static final Map<String, String> VARIABLES =
            Map.of("MCP_JAVA_START", "full", "MCP_JAVA_HOME", System.getProperty("java.home"));

    private FullServer() {}

    /** One over standard streams that is configured like this one. */
    static ProcessBuilder of(ServeOptions options) {
        return command(options.words());
    }

    /** Goes on as a full server, with the same streams and the same pid where the system can do that. */
    static int become(String... args) {
        ProcessBuilder server = command(List.of(args));
        replace(server.command());
        try {
            return server.inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("The server cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the process", e);
        }
    }

    /** Returns only if that is impossible. */
    private static void replace(List<String> command) {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MethodHandle set = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("setenv"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            for (Map.Entry<String, String> variable : VARIABLES.entrySet()) {
                int unused = (int) set.invokeExact(
                        arena.allocateFrom(variable.getKey()), arena.allocateFrom(variable.getValue()), 1);
            }
            MethodHandle replace = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("execv"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            // The array ends with an address that is null.
            MemorySegment words = arena.allocate(ValueLayout.ADDRESS, command.size() + 1L);
            for (int i = 0; i < command.size(); i++) {
                words.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(command.get(i)));
            }
            int failed = (int) replace.invokeExact(arena.allocateFrom(command.getFirst()), words);
            System.getLogger(FullServer.class.getName()).log(System.Logger.Level.DEBUG, "execv: {0}", failed);
        } catch (Throwable e) {
            System.getLogger(FullServer.class.getName()).log(System.Logger.Level.DEBUG, "execv", e);
        }
    }

    private static ProcessBuilder command(List<String> words) {
        List<String> command = new ArrayList<>(program());
        command.addAll(words);
        ProcessBuilder server = new ProcessBuilder(command);
        server.environment().putAll(VARIABLES);
        return server;
    }

    private static List<String> program() {
        // From a build: the same Java with the same program.
        return launcher()
                .map(path -> List.of(path.toString()))
                .orElseGet(() -> List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("java.class.path")));
    }

    /** The launcher of this program; empty where it was not started by one. */
    static Optional<Path> launcher() {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        return Optional.ofNullable(System.getProperty("mcp.home"))
                .map(home -> Path.of(home, "bin", windows ? "mcp-server.cmd" : "mcp-server"));
    }
}
