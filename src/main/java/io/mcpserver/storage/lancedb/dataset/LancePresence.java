package io.mcpserver.storage.lancedb.dataset;

import io.mcpserver.storage.lancedb.nativecode.NativeCode;
import java.util.Optional;

/**
 * Whether Lance can run on this machine. Links no class of Lance or Arrow: the process that only passes on has few of them,
 * and has to choose the same engine as a full server.
 */
public final class LancePresence {

    /** Where its archive has native code, and how that is called. */
    public static final String FOLDER = "/nativelib";

    public static final String NAME = "lance_jni";

    private static final String DATASET = "org.lance.Dataset";

    private LancePresence() {}

    /** Why it cannot be loaded, as the rest of a sentence, as far as that can be seen without loading it. */
    public static Optional<String> lacking() {
        Class<?> dataset;
        try {
            dataset = Class.forName(DATASET, false, LancePresence.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return Optional.of("this installation is without it");
        }
        // A thread of the native code looks for a class there, and complains on the error output when it is elsewhere.
        return dataset.getClassLoader() == ClassLoader.getSystemClassLoader()
                ? NativeCode.unavailable(dataset, FOLDER, NAME)
                : Optional.of("in dev mode its native code does not find all of its classes");
    }
}
