package io.mcpserver.storage.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.config.ProgramVersion;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.FolderFlush;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What the file {@value #FILE} in a data folder says: in which form the data is, of which engine, and which version of the
 * program wrote that down. Data without it is of form 0, which differs from form 1 in nothing else.
 */
public record DataFormat(int format, String engine, String program) {

    /** The form that this program writes, and the newest that it reads. */
    public static final int VERSION = 1;

    public static final String FILE = "store.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The form of a folder; empty where it says nothing of it. */
    public static Optional<DataFormat> of(Path data) {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            if (json.path("format").asInt() >= 1 && json.path("engine").isTextual()) {
                return Optional.of(new DataFormat(
                        json.path("format").asInt(),
                        json.path("engine").asText(),
                        json.path("program").asText()));
            }
        } catch (IOException e) {
            throw StorageFault.of(file + " cannot be read", e);
        }
        throw new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                file
                        + " does not say in which form the data is: delete it if no newer version of this program was here.");
    }

    /**
     * Refuses data that this program would not understand.
     *
     * @param engine that is to open it
     * @throws StoreException {@code STORE_UNAVAILABLE} for data of a newer program, {@code CONFLICT} for that of another
     *     engine
     */
    public static void require(Path data, String engine) {
        Optional<DataFormat> found = of(data);
        if (found.isEmpty()) {
            return;
        }
        DataFormat is = found.get();
        if (is.format() > VERSION) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The data in %s was written by version %s of this program in form %d, and this one knows forms up to %d: start that version, or a newer one."
                            .formatted(data, is.program(), is.format(), VERSION));
        }
        if (!is.engine().equals(engine)) {
            throw new StoreException(
                    ErrorCode.CONFLICT,
                    "The data in %s is in the engine %s, and storage.type is %s: set storage.type to %s, or move it with: mcp-server migrate --to %s"
                            .formatted(data, is.engine(), engine, is.engine(), engine));
        }
    }

    /** Writes down that a folder is in the newest form. */
    public static void write(Path data, String engine) throws IOException {
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("format", VERSION)
                .put("engine", engine)
                .put("program", ProgramVersion.get())
                .toPrettyString();
        Path part = data.resolve("." + FILE + ".part");
        Files.deleteIfExists(part);
        // New, so that no link is followed.
        Files.write(
                part,
                (json + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.DSYNC);
        Files.move(part, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        FolderFlush.flush(data);
    }
}
