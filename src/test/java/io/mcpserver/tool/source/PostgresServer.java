package io.mcpserver.tool.source;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL of the test's own, on a free port of 127.0.0.1, with everything in one folder. It runs as another user where
 * the test is run by root, because it refuses to run as root.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String OWNER = "postgres";
    public static final String PASSWORD = "s3cret-of-the-owner";

    private static final String USER = "postgres";

    private final Path directory;
    private final int port;
    private Process process;

    private PostgresServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Starts one that accepts connections when this returns. */
    public static PostgresServer start() {
        try {
            Path directory = Files.createTempDirectory("postgres-of-a-test");
            Files.writeString(directory.resolve("password"), PASSWORD);
            if (isRoot()) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                own(directory);
                own(directory.resolve("password"));
            }
            PostgresServer server = new PostgresServer(directory, freePort());
            server.run(
                    "initdb",
                    "-D",
                    server.data(),
                    "-U",
                    OWNER,
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + directory.resolve("password"),
                    "-E",
                    "UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync");
            server.begin();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again after {@link #stop}, on the same port. */
    public void begin() {
        try {
            process = command(List.of(
                            program("postgres"),
                            "-D",
                            data(),
                            "-p",
                            "" + port,
                            "-h",
                            "127.0.0.1",
                            "-k",
                            directory.toString(),
                            "-c",
                            "fsync=off",
                            "-c",
                            "max_connections=120"))
                    .redirectErrorStream(true)
                    .redirectOutput(log())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("postgres")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> !process.isAlive())
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> {
                    connect().close();
                    return true;
                });
    }

    /** Ends it at once, with its connections. */
    public void stop() {
        run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** A connection of the owner. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), OWNER, PASSWORD);
    }

    /** Runs statements as the owner. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The one number that a statement answers. */
    public long number(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            results.next();
            return results.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private File log() throws IOException {
        File log = directory.resolve("log").toFile();
        return log;
    }

    private void run(String program, String... arguments) {
        List<String> line = new ArrayList<>(List.of(program(program)));
        line.addAll(List.of(arguments));
        try {
            Process run = command(line)
                    .redirectErrorStream(true)
                    .redirectOutput(log())
                    .start();
            if (run.waitFor() != 0) {
                throw new AssertionError(program + ": " + Files.readString(log().toPath()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private ProcessBuilder command(List<String> line) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        whole.addAll(line);
        return new ProcessBuilder(whole).directory(directory.toFile());
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void own(Path path) throws IOException {
        Files.setOwner(
                path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Debian puts each version into a folder of its own. */
    private static String program(String name) throws AssertionError {
        try (Stream<Path> folders = Stream.concat(
                versions(), Stream.of(System.getenv("PATH").split(":")).map(Path::of))) {
            return folders.map(folder -> folder.resolve(name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() ->
                            new AssertionError("This test needs " + name + " of PostgreSQL; .ci/run installs it."))
                    .toString();
        }
    }

    private static Stream<Path> versions() {
        Path all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return Stream.empty();
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.map(folder -> folder.resolve("bin")).sorted(Comparator.reverseOrder()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
