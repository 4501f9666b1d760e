package io.mcpserver.storage.lancedb.nativecode;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.util.Locale;

/**
 * One of the systems that Lance is built for.
 *
 * @param folder its name in the archive
 * @param suffix of its native code
 */
record Platform(String folder, String suffix) {

    /**
     * The system that this process runs on.
     *
     * @throws StoreException {@code UNSUPPORTED} where Lance has no native code for it
     */
    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String system, String machine) {
        String name = system.toLowerCase(Locale.ROOT);
        boolean arm = machine.equals("aarch64") || machine.equals("arm64");
        boolean intel = machine.equals("amd64") || machine.equals("x86_64");
        if (name.startsWith("linux") && (arm || intel)) {
            return new Platform(arm ? "linux-aarch64" : "linux-x86-64", ".so");
        }
        if (name.startsWith("mac") && arm) {
            return new Platform("darwin-aarch64", ".dylib");
        }
        throw new StoreException(
                ErrorCode.UNSUPPORTED,
                "The lancedb engine does not exist for " + system + " on " + machine
                        + ": set storage.type to duckdb. It runs on Linux, and on macOS with an ARM processor.");
    }

    String file(String name) {
        return "lib" + name + suffix;
    }
}
