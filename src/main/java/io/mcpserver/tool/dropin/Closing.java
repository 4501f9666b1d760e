package io.mcpserver.tool.dropin;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Ends what a tool file held. */
final class Closing {

    private Closing() {}

    /** Closes it all, last first; what fails or hangs is left as it is, and the loader is closed in any case. */
    static void close(List<AutoCloseable> held, FileLoader loader, AuthorThreads threads, BoundedTime time) {
        try {
            if (!held.isEmpty()) {
                time.run("closes " + loader.getName(), () -> closeAll(held, loader), closed -> {});
            }
        } catch (TimeoutException | ExecutionException | IllegalStateException e) {
            // What an author's close() does is not for this program to mend.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.close();
            loader.close();
        }
    }

    private static boolean closeAll(List<AutoCloseable> held, ClassLoader loader) throws InterruptedException {
        for (AutoCloseable each : held.reversed()) {
            try {
                AuthorCode.run(loader, () -> {
                    each.close();
                    return true;
                });
            } catch (AuthorFailure | RuntimeException e) {
                // The others are closed all the same.
            }
        }
        return true;
    }
}
