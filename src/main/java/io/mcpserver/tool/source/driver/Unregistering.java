package io.mcpserver.tool.source.driver;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Takes the drivers of the loader that made this class out of the registry. Each driver's loader makes one of its own. */
public final class Unregistering implements Runnable {

    /** By reflection only. */
    public Unregistering() {}

    @Override
    public void run() {
        ClassLoader own = Unregistering.class.getClassLoader();
        List<Driver> drivers = DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == own)
                .toList();
        for (Driver driver : drivers) {
            try {
                DriverManager.deregisterDriver(driver);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
