package io.mcpserver.tool.declarative.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program with all that it started.
 *
 * <p>On Linux these are the processes of its session and those that bear the mark of the call in their environment, so that
 * a child is found that left its parent and its session. One that also cleared its environment escapes. Elsewhere they
 * are the descendants that still hang together.
 *
 * <p>Threads: safe for any number of callers.
 */
final class ProcessTree {

    private static final Path PROCESSES = Path.of("/proc");
    private static final int ROUNDS = 10;

    private final Process root;
    private final String mark;

    ProcessTree(Process root, String mark) {
        this.root = root;
        this.mark = Programs.MARK + "=" + mark;
    }

    /** Ends all of it at once; what is started meanwhile is looked for again. */
    void end() {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> found = found();
            root.destroyForcibly();
            if (found.isEmpty()) {
                return;
            }
            found.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private List<ProcessHandle> found() {
        if (!Files.isDirectory(PROCESSES.resolve("self"))) {
            return root.descendants().toList();
        }
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (belongs(process)) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
                    handle.ifPresent(found::add);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(e.getCause());
        } catch (IOException e) {
            return root.descendants().toList();
        }
        return found;
    }

    private boolean belongs(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            // After the name, which may hold anything: state, parent, group, session.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
            if (fields[0].equals("Z")) {
                return false;
            }
            return Long.parseLong(fields[3]) == root.pid()
                    || Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                            .contains(mark);
        } catch (IOException | RuntimeException e) {
            // It ended meanwhile, or is another user's.
            return false;
        }
    }
}
