package io.mcpserver.tool.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Drivers that the build fetches and puts beside the class path, as operators do; and jars that are none. */
public final class TestDrivers {

    private static final Path FOLDER = Path.of(System.getProperty("test.drivers", "target/drivers"));

    public static final Path H2 = FOLDER.resolve("h2.jar");
    public static final Path SQLITE = FOLDER.resolve("sqlite-jdbc.jar");

    private static final Map<Path, Driver> LOADED = new ConcurrentHashMap<>();

    private TestDrivers() {}

    /** The test's own look into a database, by classes that the server does not share. */
    public static Connection connect(Path jar, String url) throws SQLException {
        return LOADED.computeIfAbsent(jar, TestDrivers::load).connect(url, new Properties());
    }

    /** Runs statements, each committed. */
    public static void execute(Path jar, String url, String... statements) throws SQLException {
        try (Connection connection = connect(jar, url);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** What a query answers in its first row and column. */
    public static long number(Path jar, String url, String query) throws SQLException {
        try (Connection connection = connect(jar, url);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Driver load(Path jar) {
        try {
            // Never closed: the whole run of tests uses it.
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            return ServiceLoader.load(Driver.class, loader).iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A jar whose driver is made for a Java that is not there yet. */
    public static Path tooNew(Path folder) {
        byte[] header = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) (44 + 99)};
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/services/java.sql.Driver", "# ours\ncom.example.Later".getBytes(StandardCharsets.UTF_8));
        entries.put("com/example/Later.class", header);
        return jar(folder.resolve("later.jar"), entries);
    }

    /** A jar that names no driver. */
    public static Path empty(Path folder) {
        return jar(folder.resolve("empty.jar"), Map.of("readme.txt", new byte[] {65}));
    }

    /** A jar that names a driver which it does not bring. */
    public static Path absent(Path folder) {
        return jar(
                folder.resolve("absent.jar"),
                Map.of("META-INF/services/java.sql.Driver", "com.example.Gone".getBytes(StandardCharsets.UTF_8)));
    }

    /** A jar whose driver needs a class of another jar. */
    public static Path half(Path folder) {
        byte[] driver = ClassFile.of().build(ClassDesc.of("com.example.Half"), half -> half.withSuperclass(
                        ClassDesc.of("com.example.other.Half"))
                .withFlags(ClassFile.ACC_PUBLIC));
        return jar(
                folder.resolve("half.jar"),
                Map.of(
                        "META-INF/services/java.sql.Driver",
                        "com.example.Half".getBytes(StandardCharsets.UTF_8),
                        "com/example/Half.class",
                        driver));
    }

    private static Path jar(Path file, Map<String, byte[]> entries) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
