package io.mcpserver.storage.lancedb.passages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.storage.FolderFlush;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What was durable at the last commit, in a file beside the dataset. Lance's files have no checksums, and its native code
 * ends the process where they are damaged; so they are compared with these before it reads them.
 *
 * @param format of the index
 * @param model of its vectors
 * @param sequence the newest change that is certainly in it
 * @param version of the dataset
 * @param trained of how many rows the lists of vectors were divided; 0 if they were not
 * @param files of that version, relative to the dataset
 */
record Position(String format, String model, long sequence, long version, long trained, Map<String, Sealed> files) {

    /** A file as it was written. */
    record Sealed(long bytes, long crc32c) {}

    private static final String NAME = "passages.json";
    private static final int BUFFER = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty where there is none. */
    static Optional<Position> read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), Position.class));
        } catch (JsonProcessingException e) {
            throw new IOException(NAME + " cannot be read", e);
        }
    }

    void write(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        Path next = folder.resolve(NAME + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(this));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        FolderFlush.flush(folder);
    }

    /** Files with their checksums; those that were sealed before are not read again, for none is written twice. */
    static Map<String, Sealed> seal(Path dataset, List<Path> files, Map<String, Sealed> before) throws IOException {
        Map<String, Sealed> sealed = new TreeMap<>();
        for (Path file : files) {
            String name = dataset.relativize(file).toString();
            Sealed known = before.get(name);
            sealed.put(name, known == null ? seal(file) : known);
        }
        return sealed;
    }

    /** @throws IOException if a file is not what was written */
    void requireIntact(Path dataset) throws IOException {
        for (Map.Entry<String, Sealed> file : files.entrySet()) {
            Path path = dataset.resolve(file.getKey());
            if (!Files.exists(path)) {
                throw new IOException(file.getKey() + " is missing");
            }
            if (!seal(path).equals(file.getValue())) {
                throw new IOException(file.getKey() + " is not what was written");
            }
        }
    }

    private static Sealed seal(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                checksum.update(buffer, 0, read);
                bytes += read;
            }
        }
        return new Sealed(bytes, checksum.getValue());
    }
}
