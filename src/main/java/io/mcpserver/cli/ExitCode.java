package io.mcpserver.cli;

/** What the process ends with. */
public final class ExitCode {

    /** Done. */
    public static final int OK = 0;
    /** Anything that is neither done nor wrong usage. */
    public static final int FAILURE = 1;
    /** Wrong usage or configuration. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
