package io.mcpserver.tool.source.driver;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The classes of one driver, which see the JDK and nothing of the server or of other drivers.
 *
 * <p>Threads: safe for any number of callers. Closing: takes its drivers out of the registry of {@code DriverManager}, into
 * which drivers put themselves; idempotent, and later no further class is found.
 */
public final class DriverLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final System.Logger LOG = System.getLogger(DriverLoader.class.getName());

    /** A folder may hold some for databases that nobody asks for. */
    private static final int MOST_DRIVERS = 100;

    private final DriverJars jars;
    private boolean ended;

    DriverLoader(DriverJars jars) throws DriverProblem {
        super("driver", urls(jars), ClassLoader.getPlatformClassLoader());
        this.jars = jars;
    }

    /** What is done with a driver. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {

        T run() throws E;
    }

    /**
     * The driver that takes an address.
     *
     * @param beginning of the address, to be told
     * @throws DriverProblem if there is none, or if it cannot be loaded
     */
    public Driver driver(String url, String beginning) throws DriverProblem {
        return within(() -> find(url, beginning));
    }

    private Driver find(String url, String beginning) throws DriverProblem {
        Iterator<Driver> drivers = ServiceLoader.load(Driver.class, this).iterator();
        Throwable fault = null;
        for (int i = 0; i < MOST_DRIVERS; i++) {
            try {
                if (!drivers.hasNext()) {
                    break;
                }
                Driver driver = drivers.next();
                if (driver.acceptsURL(url)) {
                    return driver;
                }
            } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                fault = fault == null ? e : fault;
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "asking a driver", e);
            }
        }
        if (fault == null) {
            throw new DriverProblem("takes no address that begins with \"" + beginning + "\"", jars.place());
        }
        LOG.log(System.Logger.Level.DEBUG, "loading a driver", fault);
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        throw new DriverProblem(
                "cannot be loaded (" + root
                        + "); what it needs besides may lie in one folder with it, which is named then",
                jars.place());
    }

    /** Runs work with this as the loader of the thread, in which some drivers look for what is theirs. */
    public <T, E extends Exception> T within(Work<T, E> work) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        try {
            unregister();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "taking drivers out of the registry", e);
        } finally {
            super.close();
        }
    }

    /** Only a class of this loader may see its drivers in the registry, so that one is made here. */
    private void unregister() throws IOException, ReflectiveOperationException {
        try (InputStream in = DriverLoader.class.getResourceAsStream("Unregistering.class")) {
            byte[] bytes = in.readAllBytes();
            Class<?> made = defineClass(Unregistering.class.getName(), bytes, 0, bytes.length);
            ((Runnable) made.getDeclaredConstructor().newInstance()).run();
        }
    }

    private static URL[] urls(DriverJars jars) throws DriverProblem {
        URL[] urls = new URL[jars.jars().size()];
        for (int i = 0; i < urls.length; i++) {
            Path jar = jars.jars().get(i);
            try {
                urls[i] = jar.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new DriverProblem("has a name that is no address", jar);
            }
        }
        return urls;
    }
}
