package io.mcpserver.tool.dropin;

import io.mcpserver.tool.file.LoadedFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Loads a tool file in a limited time, and makes a problem of whatever goes wrong in it. */
final class LoadInTime {

    private final BoundedTime time;

    LoadInTime(BoundedTime time) {
        this.time = time;
    }

    /** The file that {@code loading} makes, or one with a problem that says why there is none. */
    LoadedFile load(String shown, Callable<LoadedFile> loading) {
        try {
            return time.run("loads " + shown, loading, late -> late.closing().run());
        } catch (TimeoutException e) {
            return broken(
                    shown,
                    "was not loaded within %d s; does a static initializer or a constructor wait for something?"
                            .formatted(time.limit().toSeconds()));
        } catch (IllegalStateException e) {
            return broken(shown, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return broken(shown, "was not loaded, since the server is stopping");
        } catch (ExecutionException e) {
            return broken(shown, inWords(e.getCause()));
        }
    }

    private static LoadedFile broken(String shown, String message) {
        return LoadedFile.broken(new Faults(shown).error(message).problems());
    }

    private static String inWords(Throwable cause) {
        return switch (cause) {
            case NoSuchFileException gone -> "is not there";
            case IOException unreadable -> "cannot be read: " + AuthorFailure.inWords(unreadable);
            case IllegalStateException said -> said.getMessage();
            case NoClassDefFoundError missing ->
                "cannot be loaded: the class %s is not there; a tool file sees the JDK, io.mcpserver.tool.api and what is in it"
                        .formatted(AuthorFailure.message(missing).replace('/', '.'));
            case UnsupportedClassVersionError newer ->
                "cannot be loaded: %s; compile it for Java %d"
                        .formatted(
                                AuthorFailure.message(newer), Runtime.version().feature());
            default -> "cannot be loaded: " + AuthorFailure.inWords(cause);
        };
    }
}
