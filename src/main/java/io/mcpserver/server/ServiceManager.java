package io.mcpserver.server;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.mcpserver.config.Environment;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/**
 * Tells the service manager that started this process (systemd, or a container engine that does as it does) when the
 * server is ready and when it ends; see sd_notify(3). Says nothing where there is none.
 *
 * <p>The protocol is a datagram to a local socket, for which Java has no class: the C library is called.
 */
final class ServiceManager {

    private static final Logger LOG = Logger.getLogger(ServiceManager.class);

    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int LONGEST_PATH = 107;

    private ServiceManager() {}

    /** The server answers requests. */
    static void ready() {
        tell("READY=1");
    }

    /** The server lets no new request in and will end. */
    static void stopping() {
        tell("STOPPING=1");
    }

    private static void tell(String state) {
        Environment.notifySocket().ifPresent(socket -> {
            try {
                send(socket, state);
            } catch (Throwable failure) {
                // A manager that hears nothing acts by its own time limits; the server is none the worse.
                LOG.warnf("%s could not be told to the service manager on %s: %s", state, socket, failure);
            }
        });
    }

    /** @param path of a socket; a first {@code @} stands for a zero byte, which names one outside of the file system */
    private static void send(String path, String state) throws Throwable {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IllegalArgumentException("the path of a socket has at most " + LONGEST_PATH + " bytes");
        }
        boolean inFileSystem = name[0] != '@';
        if (!inFileSystem) {
            name[0] = 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(2 + LONGEST_PATH + 1);
            address.set(JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
            int addressLength = 2 + name.length + (inFileSystem ? 1 : 0);
            byte[] message = state.getBytes(StandardCharsets.UTF_8);
            MemorySegment text = arena.allocateFrom(JAVA_BYTE, message);

            int socket = (int) function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)
                    .invokeExact((int) AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            if (socket < 0) {
                throw new IllegalStateException("no socket could be made");
            }
            try {
                long sent =
                        (long) function("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT)
                                .invokeExact(socket, text, (long) message.length, MSG_NOSIGNAL, address, addressLength);
                if (sent != message.length) {
                    throw new IllegalStateException("the socket takes no message");
                }
            } finally {
                int ignored = (int) function("close", JAVA_INT, JAVA_INT).invokeExact(socket);
            }
        }
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }
}
