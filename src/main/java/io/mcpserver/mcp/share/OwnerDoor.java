package io.mcpserver.mcp.share;

import io.mcpserver.config.ProgramVersion;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.share.Greeting.Answer;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The ownership of a data folder by this process, and the door through which other processes of its user pass on what
 * their clients say.
 *
 * <p>It lets nobody in who does not greet in time, with the owner's secret, of the same version and with a configuration
 * that agrees in what matters. Who comes in before {@link #serve} waits, and knows that this process is alive. Threads: safe
 * for any number of callers. Closing: idempotent; whoever is inside is sent away, and the folder is free.
 */
public final class OwnerDoor implements AutoCloseable {

    private static final Logger LOG = System.getLogger(OwnerDoor.class.getName());

    /** Desktop clients of one user; each costs two threads. */
    static final int MOST_GUESTS = 32;

    private static final Duration GREETING_LIMIT = Duration.ofSeconds(3);
    private static final int SECRET_BYTES = 32;
    private static final int WAITING = 64;

    private final ShareFolder folder;
    private final DirectoryLock lock;
    private final OwnerCard card;
    private final Optional<ServerSocketChannel> listening;
    private final Semaphore places = new Semaphore(MOST_GUESTS);
    private final Set<Link> inside = ConcurrentHashMap.newKeySet();
    private final List<Guest> early = new ArrayList<>();
    private Consumer<Guest> host;
    private volatile Supplier<ServerConfig> config;
    private volatile boolean shut;
    private boolean closed;

    /**
     * A process that was let in.
     *
     * @param pid as it says
     * @param agrees whether its configuration agrees in what matters with the one that is in force now
     * @param left to be run once when nothing more is said to it; closes the connection
     */
    public record Guest(long pid, Link link, BooleanSupplier agrees, Runnable left) {}

    private OwnerDoor(
            ShareFolder folder,
            DirectoryLock lock,
            OwnerCard card,
            Optional<ServerSocketChannel> listening,
            ServerConfig config) {
        this.folder = folder;
        this.lock = lock;
        this.card = card;
        this.listening = listening;
        this.config = () -> config;
    }

    /**
     * Takes the ownership of the data folder of a configuration, and opens the door.
     *
     * @throws StoreException {@code STORE_LOCKED} if another process has it, else if the folder cannot be used
     */
    public static OwnerDoor open(ServerConfig config) {
        ShareFolder folder = new ShareFolder(config.storage().path());
        try {
            folder.create();
        } catch (IOException e) {
            throw StorageFault.of("The data folder " + config.storage().path() + " cannot be shared", e);
        }
        DirectoryLock lock = own(folder, config);
        try {
            return open(folder, lock, config);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e instanceof IOException fault
                    ? StorageFault.of("The data folder " + config.storage().path() + " cannot be shared", fault)
                    : (RuntimeException) e;
        }
    }

    private static DirectoryLock own(ShareFolder folder, ServerConfig config) {
        try {
            return folder.tryOwnership();
        } catch (StoreException e) {
            if (e.code() != ErrorCode.STORE_LOCKED) {
                throw e;
            }
            throw DirectoryLock.locked(config.storage().path(), folder.lock());
        }
    }

    private static OwnerDoor open(ShareFolder folder, DirectoryLock lock, ServerConfig config) throws IOException {
        // The card of an owner that was killed names what may be somebody else's by now.
        Files.deleteIfExists(folder.card());
        Optional<Path> socket = Optional.of(folder.newSocket());
        Optional<ServerSocketChannel> listening = listen(socket.get());
        if (listening.isEmpty()) {
            socket = Optional.of(folder.privateSocket());
            listening = listen(socket.get());
        }
        if (listening.isEmpty()) {
            folder.remove(socket.get());
            socket = Optional.empty();
            LOG.log(
                    Level.WARNING,
                    "No other process can share {0}: no socket can be made",
                    config.storage().path());
        } else {
            folder.keepPrivate(socket.get());
        }
        ProcessHandle self = ProcessHandle.current();
        OwnerCard card = new OwnerCard(self.pid(), OwnerCard.startOf(self), ProgramVersion.get(), socket, newSecret());
        try {
            card.write(folder);
        } catch (IOException | RuntimeException e) {
            listening.ifPresent(OwnerDoor::closeQuietly);
            if (socket.isPresent()) {
                folder.remove(socket.get());
            }
            throw e;
        }
        OwnerDoor door = new OwnerDoor(folder, lock, card, listening, config);
        listening.ifPresent(
                socketChannel -> Thread.ofPlatform().daemon().name("door").start(() -> door.accept(socketChannel)));
        return door;
    }

    /** Has {@code host} see to whoever comes in, those first who came before. Settings are compared with those in force. */
    public void serve(Supplier<ServerConfig> inForce, Consumer<Guest> newHost) {
        config = inForce;
        List<Guest> waiting;
        synchronized (this) {
            host = newHost;
            waiting = List.copyOf(early);
            early.clear();
        }
        waiting.forEach(newHost);
    }

    /** Lets nobody in any more; who is inside stays, and the folder is not free yet. */
    public void shut() {
        if (!shut) {
            shut = true;
            listening.ifPresent(OwnerDoor::closeQuietly);
            try {
                Files.deleteIfExists(folder.card());
                if (card.socket().isPresent()) {
                    folder.remove(card.socket().get());
                }
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "What is in " + folder.card().getParent() + " stays", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            shut();
            List.copyOf(inside).forEach(Link::close);
            lock.close();
        }
    }

    private void accept(ServerSocketChannel channel) {
        while (!shut) {
            try {
                SocketChannel next = channel.accept();
                // Each has its time, and none waits for another's.
                Thread.ofPlatform().daemon().name("door-greeting").start(() -> greet(new Link(next)));
            } catch (IOException e) {
                if (!shut) {
                    LOG.log(Level.WARNING, "Nobody else can share the data folder any more: {0}", e.getMessage());
                }
                return;
            }
        }
    }

    private void greet(Link link) {
        boolean place = places.tryAcquire();
        boolean stays = false;
        try (Link.Limit limit = link.closingAfter(GREETING_LIMIT)) {
            Optional<byte[]> line = link.line(Greeting.LONGEST);
            if (line.isEmpty()) {
                return;
            }
            Greeting greeting = Greeting.read(line.get());
            Answer answer = place ? answer(greeting) : full(greeting);
            link.say(Greeting.toLine(answer));
            stays = answer instanceof Answer.Welcome;
            if (stays) {
                letIn(greeting, link);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection to the data folder was refused: {0}", e.getMessage());
        } finally {
            if (!stays) {
                link.close();
                if (place) {
                    places.release();
                }
            }
        }
    }

    private Answer full(Greeting greeting) {
        return greeting.refusal(card, greeting.settings())
                .orElseGet(() -> new Answer.Refused(
                        Greeting.Refusal.FULL,
                        "it serves %d other processes already, which is all it can".formatted(MOST_GUESTS)));
    }

    private Answer answer(Greeting greeting) {
        ServerConfig now = config.get();
        Map<String, String> settings = SharedSettings.of(now);
        Optional<Answer.Refused> refused = greeting.refusal(card, settings);
        if (refused.isPresent()) {
            return refused.get();
        }
        return new Answer.Welcome(
                card.pid(),
                now.transport().maxBodySize(),
                SharedSettings.differing(greeting.settings(), settings),
                SharedSettings.offer(settings));
    }

    private void letIn(Greeting greeting, Link link) {
        inside.add(link);
        AtomicBoolean gone = new AtomicBoolean();
        BooleanSupplier agrees =
                () -> greeting.differing(SharedSettings.of(config.get())).isEmpty();
        Guest guest = new Guest(greeting.pid(), link, agrees, () -> {
            if (gone.compareAndSet(false, true)) {
                // First, for whoever is sent away comes back as soon as it hears of it.
                inside.remove(link);
                places.release();
                link.close();
            }
        });
        Consumer<Guest> now;
        synchronized (this) {
            if (shut) {
                guest.left().run();
                return;
            }
            now = host;
            if (now == null) {
                early.add(guest);
                return;
            }
        }
        now.accept(guest);
    }

    private static Optional<ServerSocketChannel> listen(Path socket) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(socket), WAITING);
            return Optional.of(channel);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.DEBUG, "No socket can be made in " + socket, e);
            if (channel != null) {
                closeQuietly(channel);
            }
            return Optional.empty();
        }
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void closeQuietly(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The door was closed", e);
        }
    }
}
