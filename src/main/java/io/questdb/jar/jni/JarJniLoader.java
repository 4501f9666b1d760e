package io.questdb.jar.jni;

import io.mcpserver.storage.lancedb.nativecode.NativeCode;

/**
 * Loads native code out of an archive, under the name by which lance-core calls it. The library of this name unpacks
 * 181 MB at every start, and leaves them behind when the process is killed; this one unpacks once.
 */
public interface JarJniLoader {

    /**
     * Loads {@code name} for the class loader of this type, which must be that of {@code owner}.
     *
     * @param folder of the archive, which has a folder for each platform
     */
    static void loadLib(Class<?> owner, String folder, String name) {
        // Must be called from here: native code belongs to the class loader of whoever calls.
        System.load(NativeCode.find(owner, folder, name).toString());
    }
}
