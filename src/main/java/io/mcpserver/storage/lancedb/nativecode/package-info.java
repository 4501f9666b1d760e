/**
 * Native code of the Lance engine: finds it or unpacks it once, sets what it reads of the environment, and speaks with
 * the C library. Plain Java; imports nothing of the program but {@code storage} and {@code error}.
 */
package io.mcpserver.storage.lancedb.nativecode;
