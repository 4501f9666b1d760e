package io.mcpserver.insight.process;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.mcpserver.insight.InsightException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A server that runs on this machine.
 *
 * @param pid its process
 * @param arguments what it was started with, behind the name of the program
 */
public record LocalServer(long pid, String arguments) {

    private static final String PROGRAM = "quarkus-run.jar";
    private static final String DEVELOPMENT = "io.mcpserver.Main";

    /** Words that begin the command lines which start no server. */
    private static final Set<String> OTHER_COMMANDS = Set.of(
            "call",
            "import",
            "export",
            "stats",
            "backup",
            "restore",
            "migrate",
            "repair-database",
            "keys",
            "validate-config",
            "status",
            "memory",
            "profile",
            "doctor",
            "reload",
            "tools",
            "--validate-config",
            "--help",
            "-h",
            "--version",
            "--memory-profile",
            "--profile",
            "--backup",
            "--restore",
            "--migrate",
            "--repair-database");

    /**
     * The servers that this user may look into, by pid.
     *
     * @throws InsightException if this Java cannot tell
     */
    public static List<LocalServer> all() {
        try {
            return VirtualMachine.list().stream()
                    .map(LocalServer::of)
                    .flatMap(Optional::stream)
                    .filter(server -> server.pid() != ProcessHandle.current().pid())
                    .sorted(Comparator.comparingLong(LocalServer::pid))
                    .toList();
        } catch (NoClassDefFoundError e) {
            throw new InsightException(
                    "This Java (%s) lacks the module jdk.attach. Run the command with a JDK: set MCP_JAVA_HOME to one."
                            .formatted(System.getProperty("java.home")),
                    e);
        }
    }

    /** Whether a process is a server; {@code false} also where this Java cannot tell. */
    public static boolean isServer(long pid) {
        try {
            return find(pid).isPresent();
        } catch (InsightException cannotTell) {
            return false;
        }
    }

    /** The only running server of this user. */
    public static LocalServer only() {
        List<LocalServer> all = all();
        if (all.isEmpty()) {
            throw new InsightException("No server of this user is running here. Name one with --pid or --port, or a "
                    + "remote one with --url.");
        }
        if (all.size() > 1) {
            throw new InsightException("Several servers are running; say which with --pid: "
                    + all.stream().map(LocalServer::shown).collect(Collectors.joining(", ")));
        }
        return all.getFirst();
    }

    /** The server that listens on a port. */
    public static LocalServer byPort(int port) {
        Optional<PortOwner> owner = PortOwner.of(port);
        if (owner.isEmpty()) {
            return all().stream()
                    .filter(server -> server.names(port))
                    .findFirst()
                    .orElseThrow(() -> new InsightException("Nobody listens on port " + port + " here."));
        }
        OptionalLong pid = owner.get().pid();
        if (pid.isEmpty()) {
            throw new InsightException(
                    ("Port %d belongs to another user (uid %d). Run the command as that user, or ask with --url and a key "
                                    + "that has admin: true.")
                            .formatted(port, owner.get().user()));
        }
        return find(pid.getAsLong())
                .orElseThrow(() -> new InsightException("Port %d belongs to pid %d (%s), which is no mcp-server."
                        .formatted(port, pid.getAsLong(), program(pid.getAsLong()))));
    }

    /** The server with a pid. */
    public static LocalServer byPid(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            throw new InsightException("There is no process " + pid + ".");
        }
        Optional<LocalServer> server = find(pid);
        if (server.isPresent()) {
            return server.get();
        }
        String owner = process.get().info().user().orElse("another user");
        String self = ProcessHandle.current().info().user().orElse("");
        if (!owner.equals(self) && !self.equals("root")) {
            throw new InsightException(
                    "Process %d belongs to %s, and only its own user may look into it.".formatted(pid, owner));
        }
        throw new InsightException("Process %d (%s) is no running mcp-server.".formatted(pid, program(pid)));
    }

    /** The pid with the arguments. */
    public String shown() {
        return pid + (arguments.isBlank() ? " (stdio)" : " (" + arguments + ")");
    }

    /** The program of a process, as far as the system tells. */
    public static String program(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .orElse("unknown program");
    }

    private static Optional<LocalServer> find(long pid) {
        return all().stream().filter(server -> server.pid() == pid).findFirst();
    }

    private boolean names(int port) {
        return (arguments + " ").matches(".*--port[ =]" + port + " .*");
    }

    /** Whether a command line starts a server, by its first word behind the name of the program. */
    public static boolean starts(String first) {
        return !OTHER_COMMANDS.contains(first);
    }

    static Optional<LocalServer> of(VirtualMachineDescriptor machine) {
        String command = machine.displayName();
        int at = command.indexOf(PROGRAM);
        int length = PROGRAM.length();
        if (at < 0 && command.startsWith(DEVELOPMENT)) {
            at = 0;
            length = DEVELOPMENT.length();
        }
        if (at < 0) {
            return Optional.empty();
        }
        String arguments = command.substring(at + length).strip();
        String first = arguments.split(" ", 2)[0];
        return !starts(first) || (" " + arguments + " ").contains(" --help ")
                ? Optional.empty()
                : Optional.of(new LocalServer(Long.parseLong(machine.id()), arguments));
    }
}
