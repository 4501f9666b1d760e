package io.mcpserver.mcp.stdio;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The process's own standard input and output, kept for the protocol. After {@link #claim()}
 * whatever prints to {@code System.out} reaches standard error.
 */
public final class StandardStreams {

    private StandardStreams() {}

    /** Turns {@code System.out} away from standard output; to be called first thing in the process. */
    public static void claim() {
        System.setOut(System.err);
    }

    public static InputStream in() {
        return new FileInputStream(FileDescriptor.in);
    }

    public static OutputStream out() {
        return new FileOutputStream(FileDescriptor.out);
    }
}
