package io.mcpserver.tool.discovery;

import io.mcpserver.config.Problem;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.trial.TrialSurroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Reads the files that changed, all of one moment. */
final class FileReading {

    private static final Logger LOG = Logger.getLogger(FileReading.class);

    /** Files that change as fast as they are read are taken as they are, and read again the next time. */
    private static final int MOST_ATTEMPTS = 5;

    private static final int BUFFER = 1 << 16;

    /** From so many on, files are read by several threads. */
    private static final int MANY = 16;

    private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

    private final ToolPlaces places;
    private final ToolFormats formats;
    private final Function<Path, Surroundings> surroundings;

    /**
     * What was read.
     *
     * @param files by path, in the order of folders and names
     * @param problems of the folders
     */
    record Read(Map<Path, KnownFile> files, List<Problem> problems) {}

    /** @param surroundings of the files in a folder */
    FileReading(ToolPlaces places, ToolFormats formats, Function<Path, Surroundings> surroundings) {
        this.places = places;
        this.formats = formats;
        this.surroundings = surroundings;
    }

    /**
     * Reads what is not as it was known.
     *
     * @param all whether everything is read again, because what files are held against has changed
     */
    Read read(Map<Path, KnownFile> known, boolean all) {
        ToolPlaces.Listing listing = places.look();
        for (int attempt = 1; ; attempt++) {
            Map<Path, KnownFile> files = readAll(listing.files(), known, all);
            for (KnownFile file : known.values()) {
                if (listing.unreadable().contains(file.found().path().getParent())) {
                    files.put(file.found().path(), file);
                }
            }
            ToolPlaces.Listing after = places.look();
            if (after.files().equals(listing.files())) {
                return new Read(files, listing.problems());
            }
            if (attempt == MOST_ATTEMPTS) {
                files.replaceAll((path, file) -> file == known.get(path) ? file : file.unsettled());
                return new Read(files, listing.problems());
            }
            discard(files, known);
            listing = after;
        }
    }

    private Map<Path, KnownFile> readAll(List<FoundFile> listed, Map<Path, KnownFile> known, boolean all) {
        Map<Path, KnownFile> files = new LinkedHashMap<>();
        List<FoundFile> changed = new ArrayList<>();
        for (FoundFile found : listed) {
            KnownFile before = known.get(found.path());
            boolean unchanged = !all && before != null && before.unchangedIn(found);
            // Has its place in the order at once, also if it is yet to be read.
            files.put(found.path(), unchanged ? before : null);
            if (!unchanged) {
                changed.add(found);
            }
        }
        Function<FoundFile, KnownFile> reading =
                found -> read(found, Optional.ofNullable(known.get(found.path())), all);
        if (changed.size() < MANY || THREADS == 1) {
            changed.forEach(found -> files.put(found.path(), reading.apply(found)));
            return files;
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("mcp-tools-read-", 1).factory())) {
            List<CompletableFuture<KnownFile>> read = changed.stream()
                    .map(found -> CompletableFuture.supplyAsync(() -> reading.apply(found), threads))
                    .toList();
            for (int i = 0; i < changed.size(); i++) {
                files.put(changed.get(i).path(), read.get(i).join());
            }
        }
        return files;
    }

    private KnownFile read(FoundFile found, Optional<KnownFile> before, boolean all) {
        Optional<ToolVersion> live = before.flatMap(KnownFile::live);
        Instant now = Instant.now();
        if (found.fault().isPresent()) {
            return broken(found, now, live, found.fault().get());
        }
        String content;
        try {
            content = fingerprint(found.path());
        } catch (IOException e) {
            return broken(found, now, live, "cannot be read by this user");
        }
        if (!all && before.isPresent() && before.get().content().equals(content)) {
            return before.get().seen(found, now);
        }
        LoadedFile loaded = load(found, surroundings.apply(found.path().getParent()));
        Optional<ToolVersion> newest =
                loaded.usable() ? Optional.of(new ToolVersion(found.shown(), loaded)) : Optional.empty();
        // The same content under another configuration: it is the configuration that no longer allows it.
        boolean refused = newest.isEmpty()
                && before.isPresent()
                && before.get().content().equals(content)
                && before.get().newest().equals(live);
        return new KnownFile(
                found,
                now,
                content,
                newest,
                refused ? Optional.empty() : live,
                loaded.problems(),
                newest.isPresent() ? Optional.empty() : Optional.of(Reason.FAULT));
    }

    private static KnownFile broken(FoundFile found, Instant now, Optional<ToolVersion> live, String why) {
        Problem problem = new Problem(Problem.Severity.ERROR, found.shown(), 0, 0, "", why, Optional.empty());
        return new KnownFile(found, now, "", Optional.empty(), live, List.of(problem), Optional.of(Reason.UNREADABLE));
    }

    /** The file read once more, for its tools to be tried out: they may only read what the server stores. */
    LoadedFile onTrial(FoundFile found) {
        return load(
                found, TrialSurroundings.reading(surroundings.apply(found.path().getParent())));
    }

    /** Whether a file still contains what was read. */
    boolean isUnchanged(KnownFile file) {
        try {
            return fingerprint(file.found().path()).equals(file.content());
        } catch (IOException e) {
            return false;
        }
    }

    private LoadedFile load(FoundFile found, Surroundings forTools) {
        try {
            return formats.of(found.path()).orElseThrow().load(found.path(), found.shown(), forTools);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.errorf(e, "%s could not be read", found.shown());
            return LoadedFile.broken(List.of(new Problem(
                    Problem.Severity.ERROR,
                    found.shown(),
                    0,
                    0,
                    "",
                    "could not be read because of a defect of this program; the log has more",
                    Optional.empty())));
        }
    }

    private static void discard(Map<Path, KnownFile> files, Map<Path, KnownFile> known) {
        files.forEach((path, file) -> file.newest()
                .filter(version ->
                        known.get(path) == null || !known.get(path).newest().equals(file.newest()))
                .ifPresent(ToolVersion::discard));
    }

    private static String fingerprint(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream digesting = new DigestInputStream(in, digest)) {
                byte[] buffer = new byte[BUFFER];
                long bytes = 0;
                for (int count = digesting.read(buffer); count >= 0; count = digesting.read(buffer)) {
                    bytes += count;
                    if (bytes > ToolDirectories.MOST_BYTES) {
                        throw new IOException("grew while it was read");
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
