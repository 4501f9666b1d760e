package io.mcpserver.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the system says of changes in folders; nothing, where it offers no such thing or no more of it.
 *
 * <p>Threads: one that follows and waits; any may close, which ends a wait.
 */
final class FolderEvents implements AutoCloseable {

    /** Stands for events that were too many to be told one by one. */
    private static final Path MANY = Path.of("many");

    private record Followed(WatchKey key, Object identity) {}

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Path, Followed> followed = new HashMap<>();
    private WatchService service;
    private boolean opened;

    /** Follows these folders and no others; false if the system does not tell of all of them. */
    boolean follow(Set<Path> folders) {
        open();
        if (service == null) {
            return false;
        }
        followed.entrySet().removeIf(entry -> {
            boolean gone = !folders.contains(entry.getKey())
                    || !entry.getValue().identity().equals(identity(entry.getKey()));
            if (gone) {
                entry.getValue().key().cancel();
            }
            return gone;
        });
        boolean all = true;
        for (Path folder : folders) {
            all &= followed.containsKey(folder) || register(folder);
        }
        return all;
    }

    private synchronized void open() {
        if (!opened && closed.getCount() > 0) {
            try {
                service = FileSystems.getDefault().newWatchService();
            } catch (IOException | UnsupportedOperationException e) {
                service = null;
            }
        }
        opened = true;
    }

    private boolean register(Path folder) {
        try {
            WatchKey key = folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            followed.put(folder, new Followed(key, identity(folder)));
            return true;
        } catch (IOException | ClosedWatchServiceException e) {
            return false;
        }
    }

    /** A folder that another took the place of is another folder, which the system does not notice. */
    private static Object identity(Path folder) {
        try {
            Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
            return key == null ? folder : key;
        } catch (IOException e) {
            return "";
        }
    }

    /** The files to which something happened; empty if nothing did for this long, or at the end. */
    Set<Path> await(Duration atMost) {
        Set<Path> touched = new HashSet<>();
        try {
            if (service == null) {
                closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
                return touched;
            }
            WatchKey key = service.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            while (key != null) {
                take(key, touched);
                key = service.poll();
            }
        } catch (ClosedWatchServiceException e) {
            // The end; the loop that waits looks for it by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
        return touched;
    }

    private void take(WatchKey key, Set<Path> touched) {
        Path folder = (Path) key.watchable();
        for (WatchEvent<?> event : key.pollEvents()) {
            touched.add(folder.resolve(event.context() instanceof Path name ? name : MANY));
        }
        if (!key.reset()) {
            followed.remove(folder);
        }
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                // Nothing is asked of it any more.
            }
        }
    }
}
