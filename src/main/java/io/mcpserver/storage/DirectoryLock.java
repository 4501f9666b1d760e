package io.mcpserver.storage;

import io.mcpserver.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ownership of a data directory by one store of one process, until closed. The operating system gives
 * it up when the process ends, however it ends; the file {@value #FILE} stays and holds the pid of the
 * last owner.
 */
public final class DirectoryLock implements AutoCloseable {

    public static final String FILE = "mcp-server.lock";

    private static final String PROGRAM = "quarkus-run.jar";

    /** Beyond the text, because where locks are mandatory a locked region cannot be read. */
    private static final long LOCKED_BYTE = 1L << 40;

    // A process that closes any handle of a file gives up its locks of it on POSIX: never open it twice.
    private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes ownership, creating the directory where there is none. A {@link StoreSwap} that was begun is finished first.
     *
     * @throws StoreException {@code STORE_LOCKED} if somebody has it, naming the pid; {@code
     *     STORE_READ_ONLY}, {@code DISK_FULL} or {@code STORE_UNAVAILABLE} if it cannot be made
     */
    public static DirectoryLock acquire(Path path) {
        try {
            Path directory = Files.createDirectories(path).toRealPath();
            if (!OWNED.add(directory)) {
                throw locked(directory, Long.toString(ProcessHandle.current().pid()) + ", this process");
            }
            DirectoryLock lock = null;
            try {
                lock = lock(directory);
                StoreSwap.finish(directory);
                return lock;
            } catch (IOException | RuntimeException e) {
                if (lock == null) {
                    OWNED.remove(directory);
                } else {
                    lock.close();
                }
                throw e;
            }
        } catch (IOException e) {
            throw StorageFault.of("The data directory " + path.toAbsolutePath() + " cannot be used", e);
        }
    }

    /** The process that had the directory last, as its lock file says; it may have ended. Takes nothing. */
    public static OptionalLong owner(Path path) {
        try {
            Path directory = path.toRealPath();
            if (OWNED.contains(directory)) {
                return OptionalLong.of(ProcessHandle.current().pid());
            }
            String pid = Files.readString(directory.resolve(FILE), StandardCharsets.US_ASCII);
            return pid.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        if (channel.isOpen()) {
            try {
                channel.close();
            } catch (IOException e) {
                throw StorageFault.of("The lock of " + directory + " cannot be given up", e);
            } finally {
                OWNED.remove(directory);
            }
        }
    }

    private static DirectoryLock lock(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.isSymbolicLink(file)) {
            throw new IOException("its " + FILE + " is a link, which is not followed; delete it");
        }
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            FolderOwner.tryGive(directory, file);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw locked(directory, owner(channel));
            }
            channel.truncate(0);
            byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(pid), 0);
            return new DirectoryLock(directory, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return pid.matches("[0-9]+") ? pid : "unknown";
    }

    /**
     * What to say of a directory that is owned by way of a lock in another one.
     *
     * @param lock the directory with the lock
     */
    public static StoreException locked(Path directory, Path lock) {
        OptionalLong pid = owner(lock);
        return locked(directory, pid.isPresent() ? Long.toString(pid.getAsLong()) : "unknown");
    }

    private static StoreException locked(Path directory, String owner) {
        return new StoreException(
                ErrorCode.STORE_LOCKED,
                "The data directory " + directory + " is in use by another server (pid " + owner + command(owner)
                        + "): stop that one, or give this one another storage.path.");
    }

    /** What a process is, if it is no server but a command of this program; empty where the system does not tell. */
    private static String command(String pid) {
        if (!pid.matches("[0-9]{1,18}")) {
            return "";
        }
        List<String> words = ProcessHandle.of(Long.parseLong(pid))
                .flatMap(process -> process.info().arguments())
                .map(List::of)
                .orElse(List.of());
        int program = 0;
        while (program < words.size() && !words.get(program).endsWith(PROGRAM)) {
            program++;
        }
        String first = program + 1 < words.size() ? words.get(program + 1) : "";
        return first.matches("[a-z][a-z-]+") && !first.equals("serve")
                ? ", the command " + first + ", which will give it up when it is done"
                : "";
    }
}
