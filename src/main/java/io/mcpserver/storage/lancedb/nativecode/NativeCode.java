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
import java.util.Optional;
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
        return installed(archive, file).orElseGet(() -> unpacked(archive, entry(platform, folder, file), file));
    }

    /**
     * Why it cannot be found, or this machine cannot run it, as the rest of a sentence; empty where nothing is in the way.
     * Loads and unpacks nothing.
     */
    public static Optional<String> unavailable(Class<?> owner, String folder, String name) {
        try {
            Platform platform = Platform.current();
            String file = platform.file(name);
            Path archive = archive(owner);
            if (installed(archive, file).isEmpty() && !holds(archive, entry(platform, folder, file))) {
                return Optional.of("this installation has no native code of it for " + platform.folder());
            }
            return Processor.lacking(platform);
        } catch (StoreException e) {
            return Optional.of(
                    "it does not exist for " + System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
        }
    }

    /** The file where it lies unpacked: where Java looks for native code, or beside the archive. */
    private static Optional<Path> installed(Path archive, String file) {
        return Stream.concat(
                        Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
                                .filter(place -> !place.isEmpty())
                                .map(Path::of),
                        Stream.of(archive.toAbsolutePath().getParent()))
                .map(place -> place.resolve(file))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Path::toAbsolutePath);
    }

    private static String entry(Platform platform, String folder, String file) {
        return folder.substring(1) + '/' + platform.folder() + '/' + file;
    }

    private static boolean holds(Path archive, String entry) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.getEntry(entry) != null;
        } catch (IOException e) {
            return false;
        }
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
