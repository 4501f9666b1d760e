package io.mcpserver.tool.dropin;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A private copy of a jar, so that the file may be replaced or removed under a running server. It has no name in any
 * folder, where the system allows that, and is gone when it is closed.
 *
 * @param version changes whenever the file does
 */
record JarContents(JarFile jar, String version) implements ClassFiles {

    private static final long MOST_BYTES = 50_000_000;
    private static final long MOST_UNPACKED = 200_000_000;
    private static final int MOST_ENTRIES = 10_000;
    private static final int LARGEST_ENTRY = 50_000_000;
    private static final String CLASSES = "MCP-Tool-Classes";

    /**
     * Copies and checks a jar.
     *
     * @throws IllegalStateException if it is none or passes a limit; the message says which
     */
    static JarContents of(Path file) throws IOException {
        Path copy = Files.createTempFile("mcp-tools-", ".jar");
        try {
            String version = copy(file, copy);
            JarContents contents = new JarContents(opened(copy), version);
            try {
                contents.check();
                return contents;
            } catch (IOException | RuntimeException e) {
                contents.close();
                throw e;
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** The classes that the manifest names as those with tools. */
    List<String> toolClasses() throws IOException {
        Manifest manifest = jar.getManifest();
        String named = manifest == null ? null : manifest.getMainAttributes().getValue(CLASSES);
        return named == null
                ? List.of()
                : Stream.of(named.strip().split("[\\s,]+"))
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        try {
            JarEntry entry = jar.getJarEntry(path);
            if (entry == null || entry.isDirectory()) {
                return Optional.empty();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return Optional.of(in.readNBytes(LARGEST_ENTRY));
            }
        } catch (IllegalStateException e) {
            // Closed.
            return Optional.empty();
        }
    }

    @Override
    public boolean has(String path) {
        try {
            return jar.getEntry(path) != null;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            jar.close();
        } catch (IOException e) {
            // It was only read.
        }
    }

    private static String copy(Path file, Path copy) throws IOException {
        MessageDigest digest = Fingerprint.begun();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest);
                OutputStream out = Files.newOutputStream(copy)) {
            byte[] part = new byte[1 << 16];
            long size = 0;
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                size += read;
                require(size <= MOST_BYTES, "is larger than %,d bytes".formatted(MOST_BYTES));
                out.write(part, 0, read);
            }
        }
        return Fingerprint.of(digest);
    }

    private static JarFile opened(Path copy) throws IOException {
        try {
            return new JarFile(copy.toFile(), false, ZipFile.OPEN_READ | ZipFile.OPEN_DELETE, Runtime.version());
        } catch (ZipException e) {
            throw new IllegalStateException("is no jar, or a broken one: " + e.getMessage(), e);
        }
    }

    private void check() throws IOException {
        require(jar.size() <= MOST_ENTRIES, "has %,d entries, more than %,d".formatted(jar.size(), MOST_ENTRIES));
        long left = MOST_UNPACKED;
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            require(stays(entry.getName()), "has an entry that leads out of it: \"%s\"".formatted(shown(entry)));
            left -= unpacked(entry, Math.min(left, LARGEST_ENTRY));
        }
    }

    /** The size of an entry, whatever it says of itself. */
    private long unpacked(JarEntry entry, long most) throws IOException {
        byte[] part = new byte[1 << 16];
        long size = 0;
        try (InputStream in = new BufferedInputStream(jar.getInputStream(entry))) {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                size += read;
                require(
                        size <= most,
                        "has more than %,d bytes when it is unpacked, or an entry of more than %,d"
                                .formatted(MOST_UNPACKED, LARGEST_ENTRY));
            }
        } catch (ZipException e) {
            throw new IllegalStateException(
                    "is broken: the entry \"%s\" cannot be unpacked".formatted(shown(entry)), e);
        }
        return size;
    }

    private static boolean stays(String name) {
        return !name.startsWith("/")
                && !name.contains("\\")
                && !name.contains(":")
                && name.chars().noneMatch(Character::isISOControl)
                && Stream.of(name.split("/")).noneMatch(".."::equals);
    }

    private static String shown(JarEntry entry) {
        String name = entry.getName().replaceAll("\\p{Cntrl}", "?");
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException(message);
        }
    }
}
