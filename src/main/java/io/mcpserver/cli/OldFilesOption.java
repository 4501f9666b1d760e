package io.mcpserver.cli;

import io.mcpserver.data.restore.Restore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What becomes of the files of a store that another one took the place of. A picocli mixin. */
public final class OldFilesOption {

    @Option(names = "--discard-old", description = "Deletes the old files once the new ones are in their place.")
    boolean discard;

    /** The folder of the old files, if they are there to stay. */
    Optional<Path> kept(Path folder) {
        if (discard || Restore.isEmpty(folder)) {
            Restore.discard(folder);
            return Optional.empty();
        }
        return Optional.of(folder);
    }

    static void tell(Optional<Path> kept, PrintWriter out) {
        kept.ifPresent(folder -> out.println("The old files are in " + folder + "; delete it when you are sure."));
    }
}
