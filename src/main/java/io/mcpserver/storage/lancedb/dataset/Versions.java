package io.mcpserver.storage.lancedb.dataset;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.ReadOptions;
import org.lance.Session;
import org.lance.fragment.DataFile;
import org.lance.fragment.DeletionFile;
import org.lance.fragment.DeletionFileType;
import org.lance.index.Index;

/**
 * The versions of a dataset, each a manifest that names its files. A power cut may leave a newest one whose files are not
 * whole; then the one before it is the newest that counts.
 *
 * @param path of the dataset
 */
public record Versions(Path path) {

    /**
     * A dataset that was opened.
     *
     * @param broken manifests of newer versions, which are in the way of the next one
     */
    public record Opened(Dataset dataset, List<Path> broken) {}

    /** A file that is missing, or ends before its end. */
    private static final class NotWhole extends IOException {
        NotWhole(Path file) {
            super(file.getFileName() + " is not whole");
        }
    }

    private static final System.Logger LOG = System.getLogger(Versions.class.getName());

    private static final String FOLDER = "_versions";
    private static final String SUFFIX = ".manifest";

    /** Which version is the newest, in a file that Lance writes over at each commit and does without where it is missing. */
    private static final String HINT = "latest_version_hint.json";

    /** What ends every file of rows or of an index, and every manifest. */
    private static final String LANCE_END = "LANC";

    /** Of a short list of deleted rows, and of a long one. */
    private static final String ARROW_SUFFIX = ".arrow";

    private static final String BITS_SUFFIX = ".bin";

    /** What ends a short list of deleted rows; a long one has no such end. */
    private static final String ARROW_END = "ARROW1";

    /** Whether there is a dataset, whole or not. */
    public boolean exist() throws IOException {
        Path folder = path.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    /**
     * Opens the newest version that is whole; changes nothing.
     *
     * @throws StoreException {@code STORE_UNAVAILABLE} if there is none
     */
    public Opened open() {
        List<Path> broken = new ArrayList<>();
        try {
            for (Path manifest : manifests()) {
                try {
                    return new Opened(open(manifest), broken);
                } catch (NotWhole e) {
                    LOG.log(Level.WARNING, "{0} is left out: {1}", manifest, e.getMessage());
                    broken.add(manifest);
                }
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof StoreException coded
                    ? coded
                    : StorageFault.of("The documents in " + path + " cannot be opened", e);
        }
        throw new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "No version of the documents in " + path + " is whole. Nothing was changed; restore a backup.");
    }

    /** Gives manifests names by which Lance does not find them. */
    public void setAside(List<Path> broken) throws IOException {
        for (Path manifest : broken) {
            if (Files.exists(manifest)) {
                Files.move(
                        manifest,
                        manifest.resolveSibling(manifest.getFileName() + ".broken"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        dropHint();
    }

    /** A power cut may have left it in part, or of a version that is no more. */
    public void dropHint() throws IOException {
        Files.deleteIfExists(path.resolve(FOLDER).resolve(HINT));
    }

    /** Manifests of the versions after one. */
    public List<Path> after(long version) throws IOException {
        return manifests().stream()
                .filter(manifest -> version(manifest) > version)
                .toList();
    }

    /** The file of a version; names count down. */
    public Path manifest(long version) {
        return path.resolve(FOLDER).resolve(Long.toUnsignedString(-1L - version) + SUFFIX);
    }

    /** The numbers of all versions that there are manifests of, newest first. */
    public List<Long> numbers() throws IOException {
        return manifests().stream().map(Versions::version).toList();
    }

    /** How many versions are kept. */
    public long count() {
        try {
            return manifests().size();
        } catch (IOException e) {
            throw StorageFault.of("The versions in " + path + " cannot be counted", e);
        }
    }

    /** Why an index is not whole; empty where the ends of its files are there. */
    public Optional<String> faultOfIndex(String uuid) throws IOException {
        try {
            for (Path file : filesOfIndex(path.resolve("_indices").resolve(uuid))) {
                requireWhole(file);
            }
            return Optional.empty();
        } catch (NotWhole e) {
            return Optional.of(e.getMessage());
        }
    }

    private static long version(Path manifest) {
        String name = manifest.getFileName().toString();
        return -1L - Long.parseUnsignedLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** Newest first. */
    private List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(path.resolve(FOLDER))) {
            // Names count down.
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Opens a version, whether it is whole or not. */
    public Dataset read(long version) {
        return read(version, Lance.shared().session());
    }

    /** Opens a version with caches of one's own. */
    public Dataset read(long version, Session session) {
        return Dataset.open()
                .allocator(Lance.shared().allocator())
                .uri(path.toString())
                .readOptions(new ReadOptions.Builder()
                        .setVersion(version)
                        .setSession(session)
                        .build())
                .build();
    }

    private Dataset open(Path manifest) throws IOException {
        requireWhole(manifest);
        Dataset dataset = read(version(manifest));
        try {
            for (Path file : files(dataset)) {
                requireWhole(file);
            }
            return dataset;
        } catch (IOException | RuntimeException e) {
            dataset.close();
            throw e;
        }
    }

    /**
     * The files that a version needs: of rows, of deletions, of indexes, and its manifest.
     *
     * @throws IOException if the folder of an index is missing
     */
    public List<Path> files(Dataset dataset) throws IOException {
        List<Path> files = new ArrayList<>(List.of(manifest(dataset.version())));
        for (Fragment fragment : dataset.getFragments()) {
            for (DataFile file : fragment.metadata().getFiles()) {
                files.add(path.resolve("data").resolve(file.getPath()));
            }
            DeletionFile deletions = fragment.metadata().getDeletionFile();
            if (deletions != null) {
                files.add(file(fragment.getId(), deletions));
            }
        }
        for (Index index : dataset.getIndexes()) {
            files.addAll(
                    filesOfIndex(path.resolve("_indices").resolve(index.uuid().toString())));
        }
        return files;
    }

    private Path file(int fragment, DeletionFile deletions) {
        boolean list = deletions.getFileType() == DeletionFileType.ARRAY;
        String name = fragment + "-" + deletions.getReadVersion() + "-" + Long.toUnsignedString(deletions.getId());
        return path.resolve("_deletions").resolve(name + (list ? ARROW_SUFFIX : BITS_SUFFIX));
    }

    private static List<Path> filesOfIndex(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotWhole(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** What its last bytes are. */
    private static String end(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ARROW_SUFFIX) ? ARROW_END : name.endsWith(BITS_SUFFIX) ? "" : LANCE_END;
    }

    private static void requireWhole(Path file) throws IOException {
        String end = end(file);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] last = new byte[end.length()];
            if (bytes.length() > last.length) {
                bytes.seek(bytes.length() - last.length);
                bytes.readFully(last);
            } else {
                throw new NotWhole(file);
            }
            if (!new String(last, StandardCharsets.US_ASCII).equals(end)) {
                throw new NotWhole(file);
            }
        } catch (FileNotFoundException e) {
            if (Files.notExists(file)) {
                throw new NotWhole(file);
            }
            throw e;
        }
    }
}
