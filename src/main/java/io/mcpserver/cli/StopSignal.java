package io.mcpserver.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets a command end by itself on Ctrl-C or SIGTERM, instead of the process ending in the middle of it.
 * A second signal ends the process at once. Closing gives the signals back.
 */
final class StopSignal implements AutoCloseable {

    private static final int SIGNALLED = 128;
    private static final int INTERRUPT = 2;

    private final Map<String, SignalHandler> before = new HashMap<>();
    private volatile int number;

    private StopSignal() {}

    static StopSignal install() {
        StopSignal stop = new StopSignal();
        stop.handle("INT");
        stop.handle("TERM");
        return stop;
    }

    private void handle(String name) {
        try {
            before.put(name, Signal.handle(new Signal(name), this::received));
        } catch (IllegalArgumentException e) {
            before.remove(name); // This system has no such signal, or keeps it to itself.
        }
    }

    private void received(Signal signal) {
        if (stopped()) {
            Runtime.getRuntime().halt(SIGNALLED + signal.getNumber());
        }
        number = signal.getNumber();
    }

    /** Whether the command is to end. */
    boolean stopped() {
        return number != 0;
    }

    /** What the process ends with: 130 after Ctrl-C, 143 after SIGTERM. */
    int exitCode() {
        return SIGNALLED + (number == 0 ? INTERRUPT : number);
    }

    /** Says that the command has ended by it, and what that means; returns what the process ends with. */
    int tell(PrintWriter err, String meaning) {
        err.println("Stopped; " + meaning + ".");
        return exitCode();
    }

    @Override
    public void close() {
        before.forEach((name, handler) -> Signal.handle(new Signal(name), handler));
        before.clear();
    }
}
