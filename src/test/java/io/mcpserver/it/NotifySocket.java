package io.mcpserver.it;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The socket on which a service manager hears its services, as sd_notify(3) describes it. */
final class NotifySocket implements AutoCloseable {

    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int POLLIN = 1;
    private static final int ADDRESS_SIZE = 110;
    private static final int LONGEST_MESSAGE = 4_096;

    private final Arena arena = Arena.ofShared();
    private final int socket;

    /** @param name a path, or a name that begins with {@code @} */
    NotifySocket(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean hidden = bytes[0] == '@';
        bytes[0] = hidden ? 0 : bytes[0];
        MemorySegment address = arena.allocate(ADDRESS_SIZE);
        address.set(JAVA_SHORT, 0, AF_UNIX);
        MemorySegment.copy(bytes, 0, address, JAVA_BYTE, Short.BYTES, bytes.length);
        socket = (int) call("socket", JAVA_INT, new MemoryLayout[] {JAVA_INT, JAVA_INT, JAVA_INT}, 1, SOCK_DGRAM, 0);
        int length = Short.BYTES + bytes.length + (hidden ? 0 : 1);
        int bound =
                (int) call("bind", JAVA_INT, new MemoryLayout[] {JAVA_INT, ADDRESS, JAVA_INT}, socket, address, length);
        if (bound != 0) {
            throw new AssertionError("No socket can be bound to " + name);
        }
    }

    /** The next message; waits for it. */
    String next(Duration atMost) {
        MemorySegment poll = arena.allocate(8);
        poll.set(JAVA_INT, 0, socket);
        poll.set(JAVA_SHORT, 4, (short) POLLIN);
        int ready = (int) call(
                "poll", JAVA_INT, new MemoryLayout[] {ADDRESS, JAVA_LONG, JAVA_INT}, poll, 1L, (int) atMost.toMillis());
        if (ready != 1) {
            throw new AssertionError("Nothing was said within " + atMost);
        }
        MemorySegment text = arena.allocate(LONGEST_MESSAGE);
        long length = (long) call(
                "recv",
                JAVA_LONG,
                new MemoryLayout[] {JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT},
                socket,
                text,
                (long) LONGEST_MESSAGE,
                0);
        return new String(text.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        call("close", JAVA_INT, new MemoryLayout[] {JAVA_INT}, socket);
        arena.close();
    }

    private static Object call(String name, MemoryLayout result, MemoryLayout[] types, Object... arguments) {
        Linker linker = Linker.nativeLinker();
        MethodHandle function =
                linker.downcallHandle(linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, types));
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
