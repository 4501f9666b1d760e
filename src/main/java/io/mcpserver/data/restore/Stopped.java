package io.mcpserver.data.restore;

/** Whoever asked for it stopped the work. */
final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1;

    Stopped() {
        super("stopped", null, false, false);
    }
}
