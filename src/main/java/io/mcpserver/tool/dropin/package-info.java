/**
 * Java files and jars as tool files: how they are compiled, kept apart from the server, looked through for tools, and
 * called. Plain Java; the compiler of the JDK is used where there is one.
 */
package io.mcpserver.tool.dropin;
