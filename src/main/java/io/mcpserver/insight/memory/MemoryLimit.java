package io.mcpserver.insight.memory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much memory this process may have.
 *
 * @param bytes the limit
 * @param source what sets it: {@code cgroup v2}, {@code cgroup v1} or {@code machine}
 * @param pageCache bytes of files that the cgroup keeps in memory and that count against its limit; absent without a cgroup
 */
public record MemoryLimit(long bytes, String source, OptionalLong pageCache) {

    private static final Path PROC = Path.of("/proc/self");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    public static MemoryLimit ofProcess() {
        return of(PROC, GROUPS, machineBytes());
    }

    /** Bytes of memory of the machine, or of the container as the JVM sees it. */
    private static long machineBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : 0;
    }

    static MemoryLimit of(Path process, Path groups, long machine) {
        for (String line : lines(process.resolve("cgroup"))) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && fields[1].isEmpty()) {
                MemoryLimit found =
                        tightest(groups, fields[2], "memory.max", "memory.stat", "file ", "cgroup v2", machine);
                if (found != null) {
                    return found;
                }
            } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
                MemoryLimit found = tightest(
                        groups.resolve("memory"),
                        fields[2],
                        "memory.limit_in_bytes",
                        "memory.stat",
                        "cache ",
                        "cgroup v1",
                        machine);
                if (found != null) {
                    return found;
                }
            }
        }
        return new MemoryLimit(machine, "machine", OptionalLong.empty());
    }

    /** The tightest limit from the group up to the root; within a container the path may name nothing, then the root. */
    private static MemoryLimit tightest(
            Path root, String group, String limitFile, String statFile, String cacheWord, String source, long machine) {
        Path base = root.resolve(group.substring(Math.min(1, group.length()))).normalize();
        Path at = base.startsWith(root) && Files.isDirectory(base) ? base : root;
        Path inner = at;
        long least = Long.MAX_VALUE;
        for (; at.startsWith(root); at = at.getParent()) {
            least = Math.min(least, number(lines(at.resolve(limitFile)), ""));
        }
        // Within a control group the JVM takes the limit of the group for the memory of the machine.
        if (least > machine && machine > 0) {
            return null;
        }
        long cache = number(lines(inner.resolve(statFile)), cacheWord);
        return new MemoryLimit(least, source, cache == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(cache));
    }

    /** The number behind a word; the largest there is where there is none, or where it says "max". */
    private static long number(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()).strip())
                .filter(text -> text.matches("[0-9]{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
