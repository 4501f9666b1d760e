package io.mcpserver.cli.client;

/** Why a server cannot be talked to, in a sentence that says what to do. */
public final class LineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    public LineException(String sentence) {
        this(sentence, 1);
    }

    /** @param exitCode of the server that was started and ended */
    LineException(String sentence, int exitCode) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** What a command may end with that can do nothing more. */
    public int exitCode() {
        return exitCode;
    }
}
