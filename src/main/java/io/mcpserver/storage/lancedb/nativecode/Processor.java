package io.mcpserver.storage.lancedb.nativecode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether this machine has what Lance's native code takes for granted: without these instructions the whole process would
 * be ended, and beside another C library it is not loaded.
 */
final class Processor {

    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
    /** What is loaded in this process. */
    private static final Path LOADED = Path.of("/proc/self/maps");

    private static final List<String> INSTRUCTIONS = List.of("avx2", "fma");

    private Processor() {}

    /** What is missing, as the rest of a sentence; empty where nothing is, or it cannot be found out. */
    static Optional<String> lacking(Platform platform) {
        if (!platform.folder().startsWith("linux")) {
            return Optional.empty();
        }
        return lacking(platform, DESCRIPTION, LOADED);
    }

    static Optional<String> lacking(Platform platform, Path description, Path loaded) {
        if (isMusl(loaded)) {
            return Optional.of("it needs the C library glibc, and this system has musl");
        }
        return platform.folder().equals("linux-x86-64") ? lackingInstruction(description) : Optional.empty();
    }

    private static boolean isMusl(Path loaded) {
        try (Stream<String> lines = Files.lines(loaded, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains("/ld-musl-"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static Optional<String> lackingInstruction(Path description) {
        try (Stream<String> lines = Files.lines(description, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .flatMap(line -> {
                        List<String> flags = Arrays.asList(line.split("\\s+"));
                        return INSTRUCTIONS.stream()
                                .filter(instruction -> !flags.contains(instruction))
                                .findFirst();
                    })
                    .map(instruction -> "it needs a processor with " + instruction);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
