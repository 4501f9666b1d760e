/**
 * The one store of a running program: the configured engine, opened when it is first needed, with
 * embedding and index where it has no search of its own. Plain Java.
 */
package io.mcpserver.storage.service;
