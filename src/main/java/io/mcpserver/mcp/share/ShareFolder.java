package io.mcpserver.mcp.share;

import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.FolderOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/**
 * The folder {@value #NAME} below a data folder: the lock of the owner, its card, and its socket. For the user of the
 * server only.
 */
public final class ShareFolder {

    static final String NAME = "owner";

    /** Bytes of a path that every system takes for a socket; macOS takes 103, Linux 107. */
    private static final int LONGEST_SOCKET_PATH = 100;

    private static final String SOCKET = "socket";
    private static final String CARD = "owner.json";
    private static final String NEXT = "next";

    private final Path folder;

    /** @param data {@code storage.path} */
    public ShareFolder(Path data) {
        this.folder = data.toAbsolutePath().normalize().resolve(NAME);
    }

    /** What the owner's lock is on, see {@link DirectoryLock}. */
    Path lock() {
        return folder;
    }

    /** What the lock of the process is on that is about to start the next owner. */
    public Path next() {
        return folder.resolve(NEXT);
    }

    /**
     * Takes the ownership, without a door.
     *
     * @throws io.mcpserver.storage.StoreException as {@link DirectoryLock#acquire}
     */
    public DirectoryLock tryOwnership() {
        return DirectoryLock.acquire(lock());
    }

    Path card() {
        return folder.resolve(CARD);
    }

    /** Makes the folder, for its user only, where there is none. */
    void create() throws IOException {
        Path data = Files.createDirectories(folder.getParent());
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (knowsModes(data)) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(folder);
            }
            give(folder);
        }
        // Here and not when it is needed, so that also one that root makes is the owner's.
        if (!Files.isDirectory(next(), LinkOption.NOFOLLOW_LINKS)) {
            give(Files.createDirectory(next()));
        }
    }

    /** Where the owner listens: in the folder, or in a new private one of the system where that path is too long. */
    Path newSocket() throws IOException {
        Path here = folder.resolve(SOCKET);
        Files.deleteIfExists(here);
        if (here.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH) {
            return here;
        }
        return privateSocket();
    }

    /** Where the owner listens if its file system has no sockets. */
    Path privateSocket() throws IOException {
        // Folders that the JDK makes for temporary files are their owner's only.
        Path made = Files.createTempDirectory("mcp-server-");
        give(made);
        return made.resolve(SOCKET);
    }

    /** Removes a socket, with the folder that was made for it. */
    void remove(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        if (!socket.getParent().equals(folder)) {
            Files.deleteIfExists(socket.getParent());
        }
    }

    /** Keeps others from a file; its folder already does where the system knows modes. */
    void keepPrivate(Path file) throws IOException {
        if (knowsModes(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        give(file);
    }

    /**
     * Whether a socket lies in a folder of this user, or of the one whose data folder it is: what an owner left behind that
     * was killed may be somebody else's by now, and others may be able to write into the data folder.
     */
    boolean isOurs(Path socket) {
        try {
            UserPrincipal owner = Files.getOwner(socket.getParent(), LinkOption.NOFOLLOW_LINKS);
            return owner.equals(Files.getOwner(folder.getParent()))
                    || owner.getName().equals(System.getProperty("user.name"));
        } catch (UnsupportedOperationException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void give(Path file) {
        FolderOwner.tryGive(folder.getParent(), file);
    }

    private static boolean knowsModes(Path path) {
        FileSystem system = path.getFileSystem();
        return system.supportedFileAttributeViews().contains("posix");
    }
}
