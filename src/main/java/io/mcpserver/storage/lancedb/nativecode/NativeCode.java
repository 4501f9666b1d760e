package io.mcpserver.storage.lancedb.nativecode;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Finds native code: in {@code java.library.path}, beside the archive, or in a folder of the user's cache, into which it
 * is unpacked when it is first needed there. A folder of the cache is named by the checksum of what is in it, so every
 * version has its own, and several processes may make the same one at the same time.
 */
public final class NativeCode {

    /** Names another folder for what is unpacked, instead of {@code .cache/mcp-server} in the user's home. */
    public static final String CACHE_PROPERTY = "mcp.native.cache";

    private NativeCode() {}

    /**
     * The file to load.
     *
     * @param owner a class of the archive that has the native code
     * @param folder of the archive, which has a folder for each platform
     * @throws StoreException {@code UNSUPPORTED} if the archive has none for this platform; {@code DISK_FULL}, {@code
     *     STORE_READ_ONLY} or {@code STORE_UNAVAILABLE} if it cannot be unpacked
     */
    public static Path find(Class<?> owner, String folder, String name) {
        Platform platform = Platform.current();
        Path archive = archive(owner);
        String file = platform.file(name);
        List<Path> places = Stream.concat(
                        Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
                                .filter(place -> !place.isEmpty())
                                .map(Path::of),
                        Stream.of(archive.toAbsolutePath().getParent()))
                .map(place -> place.resolve(file))
                .toList();
        return places.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Path::toAbsolutePath)
                .orElseGet(() -> unpacked(archive, folder.substring(1) + '/' + platform.folder() + '/' + file, file));
    }

    private static Path unpacked(Path archive, String entryName, String file) {
        // Not through the class loader: that of the dev mode reads whole entries into memory.
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = zip.getEntry(entryName);
            if (entry == null) {
                throw new StoreException(
                        ErrorCode.UNSUPPORTED,
                        "This installation has no native code for " + entryName
                                + ": install the one for this platform, or set storage.type to duckdb.");
            }
            Path place = cache().resolve(file + '-' + Long.toHexString(entry.getCrc()));
            Path code = place.resolve(file);
            if (!Files.isRegularFile(code) || Files.size(code) != entry.getSize()) {
                Files.createDirectories(place);
                try (InputStream from = zip.getInputStream(entry)) {
                    write(from, code);
                }
            }
            return code;
        } catch (IOException e) {
            throw StorageFault.of("The native code of the lancedb engine cannot be unpacked into " + cache(), e);
        }
    }

    private static void write(InputStream from, Path code) throws IOException {
        Path part = Files.createTempFile(code.getParent(), "unpacking", null);
        try {
            Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, code, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path cache() {
        String chosen = System.getProperty(CACHE_PROPERTY);
        return (chosen == null ? Path.of(System.getProperty("user.home"), ".cache", "mcp-server") : Path.of(chosen))
                .resolve("native")
                .toAbsolutePath();
    }

    private static Path archive(Class<?> owner) {
        CodeSource source = owner.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | RuntimeException e) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE, "The archive of the lancedb engine is not found on this machine.", e);
        }
    }
}
