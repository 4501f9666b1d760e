package io.mcpserver.insight.doctor;

import io.mcpserver.insight.memory.MemoryLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Java, memory and time of the machine. */
public final class MachineChecks {

    private static final int LEAST_JAVA = 25;
    private static final long RECOMMENDED_MEMORY = 512L << 20;

    /** Files of the program are older than now, unless the clock is wrong; this much is time zones and archives. */
    private static final Duration CLOCK_MARGIN = Duration.ofDays(1);

    private MachineChecks() {}

    /** @param chosen the variable that names this Java to the launcher; empty where the launcher found it by itself */
    public static Check java(Optional<String> chosen) {
        String found = "%s %s in %s, %s"
                .formatted(
                        System.getProperty("java.vendor"),
                        Runtime.version(),
                        System.getProperty("java.home"),
                        chosen.map(variable -> "named by " + variable).orElse("found by the launcher"));
        if (Runtime.version().feature() < LEAST_JAVA) {
            return Check.problem("Java", found, "Install Java " + LEAST_JAVA + " or newer.");
        }
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            return Check.warning(
                    "Java",
                    found + "; it lacks the module jdk.attach, so status, memory and profile cannot look into a server",
                    "Set MCP_JAVA_HOME to a JDK.");
        }
        return Check.ok("Java", found);
    }

    public static Check memory() {
        return memory(MemoryLimit.ofProcess());
    }

    static Check memory(MemoryLimit limit) {
        String found = "%,d MiB (%s)".formatted(limit.bytes() >> 20, limit.source());
        return limit.bytes() >= RECOMMENDED_MEMORY
                ? Check.ok("memory", found)
                : Check.warning(
                        "memory",
                        found + ", less than the 512 MiB that a server with its embedding model needs",
                        "Raise the limit, or set embedding.model: none.");
    }

    /** @param program a file that is no newer than now if the clock is right */
    public static Check clock(Instant now, Optional<Path> program) {
        Optional<Instant> built = program.flatMap(MachineChecks::modified);
        if (built.isPresent() && now.plus(CLOCK_MARGIN).isBefore(built.get())) {
            return Check.problem(
                    "clock",
                    "it is %s, which is before this program was built (%s)".formatted(now, built.get()),
                    "Set the clock, best by NTP: sessions, certificates and the times of documents depend on it.");
        }
        return Check.ok("clock", now.toString());
    }

    private static Optional<Instant> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
