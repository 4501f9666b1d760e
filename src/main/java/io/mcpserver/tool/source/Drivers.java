package io.mcpserver.tool.source;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ServiceLoader;

/** The JDBC drivers that this program brings; looked for when a source is first opened. */
final class Drivers {

    /** How addresses begin that are known to have a driver, without loading any. */
    static final String KNOWN = "jdbc:duckdb: and jdbc:postgresql:";

    private Drivers() {}

    /**
     * The driver that takes an address.
     *
     * @throws CodedException {@code UNSUPPORTED} if there is none; names the kind of the address and no more of it
     */
    static Driver of(String name, String url) {
        for (Driver driver : ServiceLoader.load(Driver.class, Drivers.class.getClassLoader())) {
            try {
                if (driver.acceptsURL(url)) {
                    return driver;
                }
            } catch (SQLException e) {
                System.getLogger(Drivers.class.getName()).log(System.Logger.Level.DEBUG, "asking a driver", e);
            }
        }
        throw new CodedException(
                ErrorCode.UNSUPPORTED, "The source %s %s, as sources.%s.driver.".formatted(name, without(url), name));
    }

    /** What is said of an address for which there is no driver. */
    static String without(String url) {
        return "has an address that begins with " + beginning(url)
                + ", for which this server has no driver; it has drivers for " + KNOWN
                + ", and takes the jar of any other";
    }

    /** {@code jdbc:KIND:}, which holds no secret. */
    static String beginning(String url) {
        int end = url.indexOf(':', url.indexOf(':') + 1);
        return end > 0 && end < 40 ? url.substring(0, end + 1) : "something else than jdbc:KIND:";
    }
}
