/**
 * Where lance-core looks for the one class that loads its native code, and finds ours: {@link
 * io.mcpserver.storage.lancedb.nativecode} does the work. Nothing else lives here.
 */
package io.questdb.jar.jni;
