package io.mcpserver.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import sun.misc.Signal;

/**
 * What the process does on a signal. SIGTERM and SIGINT end it in an orderly way with exit code 0, and
 * within ten seconds whatever hangs: what was acknowledged is on the disk by then. A second one ends it
 * at once. SIGHUP has the configuration read again; before the server runs it is survived.
 */
public final class Signals {

    private static final int ENDED_AT_ONCE = 1;

    /** Leaves half a second of the ten after which process managers kill. */
    private static final Duration LONGEST_END = Duration.ofMillis(9_500);

    private static final AtomicReference<Runnable> ORDERLY_END = new AtomicReference<>();
    private static final AtomicReference<Runnable> HANGUP = new AtomicReference<>(() -> Logger.getLogger(Signals.class)
            .info("SIGHUP was ignored: the server is starting, and reads its configuration anyway"));
    private static final AtomicBoolean ENDING = new AtomicBoolean();
    private static final AtomicBoolean LAST_SECONDS = new AtomicBoolean();

    private Signals() {}

    /** Takes the signals over; to be called first thing in the process. Later calls change nothing. */
    public static synchronized void install() {
        if (ORDERLY_END.compareAndSet(null, () -> Runtime.getRuntime().halt(0))) {
            handle("TERM", Signals::terminate);
            handle("INT", Signals::terminate);
            handle("HUP", () -> HANGUP.get().run());
        }
    }

    /** Says how to end once the server runs; before, a signal ends the process without ceremony. */
    public static void onTerminate(Runnable orderlyEnd) {
        install();
        ORDERLY_END.set(orderlyEnd);
    }

    /** Says what SIGHUP does once the server runs; it must return at once. */
    public static void onHangup(Runnable reload) {
        HANGUP.set(reload);
    }

    /** Has the process end within ten seconds from now whatever hangs; later calls change nothing. */
    static void endInTime() {
        if (LAST_SECONDS.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("end-in-time").start(Signals::awaitEnd);
        }
    }

    private static void terminate() {
        if (ENDING.compareAndSet(false, true)) {
            endInTime();
            Thread.ofPlatform().name("orderly-end").start(ORDERLY_END.get());
        } else {
            Runtime.getRuntime().halt(ENDED_AT_ONCE);
        }
    }

    private static void awaitEnd() {
        try {
            Thread.sleep(LONGEST_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void handle(String name, Runnable action) {
        try {
            Signal.handle(new Signal(name), signal -> action.run());
        } catch (IllegalArgumentException e) {
            Logger.getLogger(Signals.class).debugf("SIG%s is not known on this system", name);
        }
    }
}
