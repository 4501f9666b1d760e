package io.mcpserver.server;

import io.mcpserver.config.SystemLanguage;
import java.io.File;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * The language of what the operating system says of its errors. Java and native code pass it on in the language of the user
 * and without a number, so a full disk can only be told from another fault where the words are known.
 */
public final class SystemMessages {

    /** {@code LC_MESSAGES} of locale.h. */
    private static final int CATEGORY = isMac() ? 6 : 5;

    private SystemMessages() {}

    /**
     * Has the system say everything in English in this process, and in no other. Takes time only where the environment asks
     * for another language; does nothing on Windows, whose words come from elsewhere.
     */
    public static void speakEnglish() {
        if (SystemLanguage.isEnglish() || File.separatorChar == '\\') {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            SymbolLookup library = linker.defaultLookup();
            MethodHandle setLocale = linker.downcallHandle(
                    library.findOrThrow("setlocale"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            MemorySegment set = (MemorySegment) setLocale.invokeExact(CATEGORY, arena.allocateFrom("C"));
            if (set.equals(MemorySegment.NULL)) {
                throw new IllegalStateException("refused");
            }
        } catch (Throwable e) {
            System.getLogger(SystemMessages.class.getName()).log(Level.DEBUG, "setlocale", e);
        }
    }

    private static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    }
}
