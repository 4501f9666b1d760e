package io.mcpserver.embedding.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the tokenizer library unpacks its native code: a private temporary folder, which is emptied
 * as soon as the code is loaded, rather than the user's home.
 */
final class NativeFolder implements AutoCloseable {

    private final Path path;

    private NativeFolder(Path path) {
        this.path = path;
    }

    static NativeFolder create() throws IOException {
        return new NativeFolder(Files.createTempDirectory("mcp-server-native"));
    }

    /** Tells the library to unpack here, and neither to fetch anything nor to report its use. */
    void use() {
        System.setProperty("ENGINE_CACHE_DIR", path.toString());
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    /** Deletes what may be deleted now, and the rest when the program ends. */
    @Override
    public void close() throws IOException {
        List<Path> contents;
        try (Stream<Path> all = Files.walk(path)) {
            contents = all.sorted(Comparator.reverseOrder()).toList();
        }
        contents.reversed().forEach(file -> file.toFile().deleteOnExit());
        contents.forEach(file -> file.toFile().delete());
    }
}
