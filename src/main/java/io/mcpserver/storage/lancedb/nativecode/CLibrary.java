package io.mcpserver.storage.lancedb.nativecode;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;

/**
 * What the C library must be told for native code to be content with little memory. What a system's C library does not
 * know is passed over.
 */
public final class CLibrary {

    /** What Lance reads of the environment, once, when it is loaded; whatever the operator has set stays. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            // Building a text index waits for ever on two cores with fewer.
            "LANCE_CPU_THREADS", "4",
            "LANCE_IO_THREADS", "4",
            "LANCE_DEFAULT_IO_BUFFER_SIZE", "16777216",
            "LANCE_DEFAULT_BATCH_SIZE", "1024",
            "LANCE_FTS_NUM_SHARDS", "1",
            "LANCE_FTS_PARTITION_SIZE", "64");

    /** {@code M_ARENA_MAX} of malloc.h: the same as MALLOC_ARENA_MAX, which is read only before a program starts. */
    private static final int ARENAS_AT_MOST = -8;

    private static final int ARENAS = 2;

    private static final System.Logger LOG = System.getLogger(CLibrary.class.getName());

    private CLibrary() {}

    /**
     * Sets the environment of native code that is loaded afterwards.
     *
     * @param poolBytes of memory that sorting and joining may take
     */
    public static void prepare(long poolBytes) {
        ENVIRONMENT.forEach(CLibrary::set);
        set("LANCE_MEM_POOL_SIZE", Long.toString(poolBytes));
        call("mallopt", ARENAS_AT_MOST, ARENAS);
    }

    /** Gives memory back to the system that native code has freed. */
    public static void trim() {
        try {
            MethodHandle trim = find("malloc_trim", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
            if (trim != null) {
                int unused = (int) trim.invokeExact(0L);
            }
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "malloc_trim", e);
        }
    }

    private static void set(String name, String value) {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle set = find(
                    "setenv",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            if (set != null) {
                MemorySegment key = arena.allocateFrom(name);
                MemorySegment text = arena.allocateFrom(value);
                int unused = (int) set.invokeExact(key, text, 0);
            }
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "setenv " + name, e);
        }
    }

    private static void call(String function, int option, int value) {
        try {
            MethodHandle handle = find(
                    function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            if (handle != null) {
                int unused = (int) handle.invokeExact(option, value);
            }
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, function, e);
        }
    }

    private static MethodHandle find(String function, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(function)
                .map(address -> linker.downcallHandle(address, descriptor))
                .orElse(null);
    }
}
