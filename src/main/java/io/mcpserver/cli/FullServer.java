package io.mcpserver.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the server of this program as a process of its own. */
final class FullServer {

    /** Tells the launcher not to look whether there is an owner to pass on to. */
    private static final String START = "MCP_JAVA_START";

    private static final String FULL = "full";

    private FullServer() {}

    /** One over standard streams that is configured like this one. */
    static ProcessBuilder of(ServeOptions options) {
        List<String> command = new ArrayList<>(program());
        command.addAll(options.words());
        ProcessBuilder server = new ProcessBuilder(command);
        server.environment().put(START, FULL);
        server.environment().put("MCP_JAVA_HOME", System.getProperty("java.home"));
        return server;
    }

    private static List<String> program() {
        String home = System.getProperty("mcp.home");
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        if (home != null) {
            return List.of(Path.of(home, "bin", windows ? "mcp-server.cmd" : "mcp-server")
                    .toString());
        }
        // From a build: the same Java with the same classes.
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("java.class.path"));
    }
}
