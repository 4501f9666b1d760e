package io.mcpserver.data.file;

import io.mcpserver.storage.FolderDelete;
import io.mcpserver.storage.FolderOwner;
import io.mcpserver.storage.StorageFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders as a whole. */
public final class Folders {

    private Folders() {}

    /**
     * Gives a folder with all that is in it to the owner and group of another one, so that a server can use what root made
     * for it; follows no link in it. What is not of root stays as it is.
     */
    public static void giveToOwnerOf(Path other, Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                FolderOwner.give(other, file);
            }
        } catch (IOException e) {
            throw StorageFault.of(folder + " cannot be given to the owner of " + other, e);
        }
    }

    /** Deletes a folder with all that is in it, and follows no link; does nothing where there is none. */
    public static void delete(Path folder) {
        try {
            FolderDelete.delete(folder);
        } catch (IOException e) {
            throw StorageFault.of(folder + " cannot be deleted", e);
        }
    }
}
