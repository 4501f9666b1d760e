package io.mcpserver.tool.source.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The drivers that are loaded: each once for all sources that name it, since an embedded database is one for its driver and
 * native code can be loaded once only; anew where its jars were replaced.
 *
 * <p>Threads: safe for any number of callers.
 */
public final class DriverLoaders {

    private final Map<List<Version>, Used> open = new HashMap<>();

    /** One jar as it was at a moment. */
    private record Version(Path file, String key, long size, long changed) {}

    private static final class Used {

        private final DriverLoader loader;
        private int users;

        Used(DriverLoader loader) {
            this.loader = loader;
        }
    }

    /**
     * What is wrong with a driver as far as its files tell; loads nothing.
     *
     * @throws DriverProblem if something is
     */
    public static void look(Path place) throws DriverProblem {
        DriverJars.at(place).look();
    }

    /**
     * The loader of a driver; it has to be given back.
     *
     * @param place of a jar, or of a folder of jars
     */
    public synchronized DriverLoader take(Path place) throws DriverProblem {
        DriverJars jars = DriverJars.at(place);
        jars.look();
        List<Version> versions = versions(jars);
        Used used = open.get(versions);
        if (used == null) {
            used = new Used(new DriverLoader(jars));
            open.put(versions, used);
        }
        used.users++;
        return used.loader;
    }

    /** Closes a loader that nobody uses any more. */
    public synchronized void giveBack(DriverLoader loader) {
        open.values().removeIf(used -> {
            if (used.loader != loader || --used.users > 0) {
                return false;
            }
            close(loader);
            return true;
        });
    }

    private static void close(DriverLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            System.getLogger(DriverLoaders.class.getName()).log(System.Logger.Level.DEBUG, "closing a driver", e);
        }
    }

    private static List<Version> versions(DriverJars jars) throws DriverProblem {
        List<Version> versions = new ArrayList<>();
        for (Path jar : jars.jars()) {
            try {
                Path file = jar.toRealPath();
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                versions.add(new Version(
                        file,
                        String.valueOf(attributes.fileKey()),
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis()));
            } catch (IOException e) {
                throw new DriverProblem("cannot be read by this user", jar);
            }
        }
        return versions;
    }
}
