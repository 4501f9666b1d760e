package io.mcpserver.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Whose a data folder is: a server must be able to use what root made in it. */
public final class FolderOwner {

    private FolderOwner() {}

    /**
     * Gives one file of root to the owner and group of a folder, or the link itself where it is one; does nothing with those
     * of others, who cannot give them away, or where the system knows no owners.
     */
    public static void give(Path folder, Path file) throws IOException {
        // The folder may be reached through a link, what is in it may not.
        PosixFileAttributeView wanted = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (wanted == null || view == null) {
            return;
        }
        PosixFileAttributes owner = wanted.readAttributes();
        boolean ofRoot =
                Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(0);
        if (ofRoot && !view.readAttributes().owner().equals(owner.owner())) {
            view.setOwner(owner.owner());
            view.setGroup(owner.group());
        }
    }

    /** Gives one file to the owner of a folder, if this process may. */
    public static void tryGive(Path folder, Path file) {
        try {
            give(folder, file);
        } catch (IOException e) {
            System.getLogger(FolderOwner.class.getName()).log(System.Logger.Level.DEBUG, file + " keeps its owner", e);
        }
    }
}
