package io.mcpserver.tool.dropin;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Where the classes of a tool file are.
 *
 * <p>Threads: safe for any number of callers. Closing: idempotent; later nothing is found.
 */
interface ClassFiles extends AutoCloseable {

    /** A file by its path, such as {@code a/B.class}; empty where there is none. */
    Optional<byte[]> read(String path) throws IOException;

    boolean has(String path);

    @Override
    void close();

    /** Classes that were just compiled, by binary name. */
    static ClassFiles compiled(Map<String, byte[]> classes) {
        return new ClassFiles() {

            private volatile Map<String, byte[]> known = classes;

            @Override
            public Optional<byte[]> read(String path) {
                return Optional.ofNullable(known.get(name(path)));
            }

            @Override
            public boolean has(String path) {
                return known.containsKey(name(path));
            }

            private static String name(String path) {
                return path.endsWith(".class")
                        ? path.substring(0, path.length() - ".class".length()).replace('/', '.')
                        : "";
            }

            @Override
            public void close() {
                known = Map.of();
            }
        };
    }
}
