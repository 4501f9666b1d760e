package io.mcpserver.mcp.share;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the owner of a data folder says of itself to the other processes of its user.
 *
 * @param started when its process started, as the system says, so that another process of the same pid is told apart
 * @param version of the program
 * @param socket where it listens; empty where it could not
 * @param secret what who connects has to know
 */
public record OwnerCard(long pid, Optional<Instant> started, String version, Optional<Path> socket, String secret) {

    /** The process with a pid, if it is the one that wrote the card. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(process -> started.equals(startOf(process)));
    }

    static Optional<Instant> startOf(ProcessHandle process) {
        return process.info().startInstant();
    }

    /** The owner in words, such as {@code the server with pid 12 (since 2026-01-31T12:00:00Z)}. */
    String inWords() {
        return process().isPresent()
                ? "the server with pid %d%s"
                        .formatted(
                                pid,
                                started.map(since -> " (since " + since + ")").orElse(""))
                : "a server that says it has pid %d, which this system does not show".formatted(pid);
    }

    /** The card in a folder; empty where there is none, or none that can be read. */
    static Optional<OwnerCard> in(ShareFolder folder) {
        try {
            Map<String, String> texts = FlatJson.read(Files.readAllBytes(folder.card()));
            return Optional.of(new OwnerCard(
                    Long.parseLong(texts.getOrDefault("pid", "")),
                    Optional.ofNullable(texts.get("started")).map(Instant::parse),
                    texts.getOrDefault("version", "?"),
                    Optional.ofNullable(texts.get("socket")).map(Path::of),
                    texts.getOrDefault("secret", "")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException | DateTimeException e) {
            System.getLogger(OwnerCard.class.getName())
                    .log(System.Logger.Level.DEBUG, folder.card() + " cannot be read", e);
            return Optional.empty();
        }
    }

    /** Puts the card into the folder, whole, in place of an older one. */
    void write(ShareFolder folder) throws IOException {
        Map<String, String> texts = new HashMap<>();
        texts.put("pid", Long.toString(pid));
        texts.put("version", version);
        texts.put("secret", secret);
        started.ifPresent(since -> texts.put("started", since.toString()));
        socket.ifPresent(path -> texts.put("socket", path.toString()));
        // Temporary files of the JDK are their owner's only.
        Path whole = Files.createTempFile(folder.card().getParent(), ".owner-", ".tmp");
        try {
            Files.write(whole, FlatJson.write(texts), StandardOpenOption.WRITE);
            folder.keepPrivate(whole);
            Files.move(whole, folder.card(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** Without the secret, so that no log can hold it. */
    @Override
    public String toString() {
        return "OwnerCard[pid=" + pid + ", started=" + started + ", version=" + version + ", socket=" + socket + "]";
    }
}
