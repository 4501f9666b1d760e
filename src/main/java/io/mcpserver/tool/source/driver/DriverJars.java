package io.mcpserver.tool.source.driver;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * A driver as it lies there: one jar, or all jars of a folder, in the order of their names. Looking through them runs
 * nothing of them.
 */
record DriverJars(Path place, List<Path> jars) {

    private static final String SERVICE = "META-INF/services/java.sql.Driver";
    private static final int MOST_JARS = 200;
    private static final int MOST_LINES = 1_000;
    private static final int CLASS_FILE = 0xCAFEBABE;

    /** The class files of Java 1 have 45, and each version one more. */
    private static final int BEFORE_THE_FIRST = 44;

    /** @throws DriverProblem if there is nothing, or nothing that could be a driver */
    static DriverJars at(Path place) throws DriverProblem {
        if (!Files.exists(place)) {
            throw new DriverProblem("does not exist", place);
        }
        if (!Files.isDirectory(place)) {
            return new DriverJars(place, List.of(place));
        }
        try (Stream<Path> files = Files.list(place)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .limit(MOST_JARS)
                    .toList();
            if (jars.isEmpty()) {
                throw new DriverProblem("is a folder without a .jar", place);
            }
            return new DriverJars(place, jars);
        } catch (IOException e) {
            throw new DriverProblem("is a folder that cannot be read by this user", place);
        }
    }

    /**
     * Looks for a driver in the jars.
     *
     * @throws DriverProblem if there is none, or if it is for a newer Java
     */
    void look() throws DriverProblem {
        Set<String> drivers = new LinkedHashSet<>();
        for (Path jar : jars) {
            try (JarFile file = open(jar)) {
                drivers.addAll(drivers(file));
            } catch (IOException e) {
                throw unreadable(jar);
            }
        }
        if (drivers.isEmpty()) {
            throw new DriverProblem("holds no JDBC driver, which " + SERVICE + " would name", place);
        }
        for (String driver : drivers) {
            int version = version(driver);
            if (version > Runtime.version().feature()) {
                throw new DriverProblem(
                        "needs Java " + version + ", and this server runs on Java "
                                + Runtime.version().feature(),
                        place);
            }
        }
    }

    private static JarFile open(Path jar) throws IOException {
        return new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
    }

    private static DriverProblem unreadable(Path jar) {
        return Files.isReadable(jar)
                ? new DriverProblem("is no jar", jar)
                : new DriverProblem("cannot be read by this user", jar);
    }

    private static List<String> drivers(JarFile jar) throws IOException {
        JarEntry entry = jar.getJarEntry(SERVICE);
        if (entry == null) {
            return List.of();
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8))) {
            return new ArrayList<>(lines.lines()
                    .limit(MOST_LINES)
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList());
        }
    }

    /** The Java that a class needs at least. */
    private int version(String driver) throws DriverProblem {
        for (Path jar : jars) {
            try (JarFile file = open(jar)) {
                JarEntry entry = file.getJarEntry(driver.replace('.', '/') + ".class");
                if (entry == null) {
                    continue;
                }
                try (DataInputStream bytes = new DataInputStream(file.getInputStream(entry))) {
                    if (bytes.readInt() != CLASS_FILE) {
                        throw new DriverProblem("has a driver " + driver + " that is no class", place);
                    }
                    bytes.readUnsignedShort();
                    return bytes.readUnsignedShort() - BEFORE_THE_FIRST;
                }
            } catch (IOException e) {
                throw unreadable(jar);
            }
        }
        throw new DriverProblem("names a driver " + driver + " that is not in it", place);
    }
}
