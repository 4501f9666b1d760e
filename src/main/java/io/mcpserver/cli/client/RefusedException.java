package io.mcpserver.cli.client;

/** A request that was answered with an error of the protocol. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;

    RefusedException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The code of JSON-RPC. */
    public int code() {
        return code;
    }
}
