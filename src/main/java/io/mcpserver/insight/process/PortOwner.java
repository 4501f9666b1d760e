package io.mcpserver.insight.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who listens on a TCP port, as Linux tells it in {@code /proc}.
 *
 * @param pid empty where the process belongs to somebody whose files we may not see
 * @param user numeric id of the user who listens
 */
public record PortOwner(OptionalLong pid, long user) {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int STATE = 3;
    private static final int UID = 7;
    private static final int INODE = 9;

    private record Listener(String inode, long user) {}

    /** The owner; empty where nobody listens, or where the system is not Linux. */
    public static Optional<PortOwner> of(int port) {
        return of(port, PROC);
    }

    static Optional<PortOwner> of(int port, Path proc) {
        Optional<Listener> listener =
                listener(port, proc.resolve("net/tcp")).or(() -> listener(port, proc.resolve("net/tcp6")));
        return listener.map(found -> new PortOwner(pid(found.inode(), proc), found.user()));
    }

    private static Optional<Listener> listener(int port, Path table) {
        try {
            List<String> lines = Files.readAllLines(table);
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.strip().split("\\s+");
                String local = fields[1];
                if (fields[STATE].equals(LISTENING)
                        && Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16) == port) {
                    return Optional.of(new Listener(fields[INODE], Long.parseLong(fields[UID])));
                }
            }
        } catch (IOException | RuntimeException notLinux) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static OptionalLong pid(String inode, Path proc) {
        String wanted = "socket:[" + inode + "]";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process.resolve("fd"), wanted)) {
                    return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    private static boolean holds(Path descriptors, String wanted) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file)
                        && wanted.equals(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException notOurs) {
            return false;
        }
        return false;
    }
}
