package io.mcpserver.tool.declarative.exec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Starts programs in a session of their own and with a limit to their memory, by two programs that every Linux has; where
 * they are missing, the log says once that memory is not limited.
 */
final class Confinement {

    private final Optional<Path> session;
    private final Optional<Path> limit;
    private final AtomicBoolean told = new AtomicBoolean();

    private Confinement(Optional<Path> session, Optional<Path> limit) {
        this.session = session;
        this.limit = limit;
    }

    static Confinement ofThisMachine() {
        boolean linux = System.getProperty("os.name", "").startsWith("Linux");
        return new Confinement(linux ? find("setsid") : Optional.empty(), linux ? find("prlimit") : Optional.empty());
    }

    /**
     * The line that starts a program.
     *
     * @param memory bytes
     */
    List<String> confine(List<String> line, long memory) {
        List<String> confined = new ArrayList<>();
        session.ifPresent(program -> confined.add(program.toString()));
        if (limit.isPresent()) {
            confined.addAll(List.of(limit.get().toString(), "--as=" + memory, "--core=0"));
        } else if (told.compareAndSet(false, true)) {
            System.getLogger(Confinement.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "This system has no prlimit (util-linux): max_memory of exec tools is not enforced");
        }
        confined.addAll(line);
        return confined;
    }

    private static Optional<Path> find(String program) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
