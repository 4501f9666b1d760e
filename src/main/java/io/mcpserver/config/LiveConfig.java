package io.mcpserver.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The configuration that is in force; a reload replaces it as a whole.
 *
 * <p>Threads: safe for any number of callers. Whoever needs several values that belong together asks {@link #now} once.
 */
public final class LiveConfig {

    /**
     * One configuration that was in force.
     *
     * @param generation 1 for that of the start, one more with each reload that changed something
     */
    public record Generation(long generation, ServerConfig config) {}

    /** Told of each replacement, in the order of the replacements. */
    public interface Listener {

        /** Called after {@code after} came into force; what is thrown is for the reload to tell. */
        void replaced(ServerConfig before, ServerConfig after);
    }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Generation current;

    public LiveConfig(ServerConfig atStart) {
        this.current = new Generation(1, atStart);
    }

    public ServerConfig now() {
        return current.config();
    }

    public long generation() {
        return current.generation();
    }

    /** Something made of the configuration, made anew when the configuration was replaced. */
    public <T> Supplier<T> derived(Function<ServerConfig, T> maker) {
        return new Derived<>(this, maker);
    }

    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    /**
     * Puts another configuration in force and tells all listeners; returns its generation.
     *
     * @throws RuntimeException the first that a listener threw, after all were told; the configuration is in force. An
     *     error that concerns that listener alone, such as a class that is missing, comes as the cause of one
     */
    public synchronized long replace(ServerConfig config) {
        Generation before = current;
        Generation after = new Generation(before.generation() + 1, config);
        current = after;
        RuntimeException failure = null;
        for (Listener listener : listeners) {
            try {
                listener.replaced(before.config(), config);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                RuntimeException thrown = e instanceof RuntimeException usual ? usual : new IllegalStateException(e);
                if (failure == null) {
                    failure = thrown;
                } else {
                    failure.addSuppressed(thrown);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return after.generation();
    }

    private static final class Derived<T> implements Supplier<T> {

        private record Made<T>(ServerConfig from, T value) {}

        private final LiveConfig live;
        private final Function<ServerConfig, T> maker;
        private volatile Made<T> made;

        Derived(LiveConfig live, Function<ServerConfig, T> maker) {
            this.live = live;
            this.maker = maker;
            this.made = make(live.now());
        }

        @Override
        public T get() {
            Made<T> known = made;
            ServerConfig now = live.now();
            if (known.from() != now) {
                known = make(now);
                made = known;
            }
            return known.value();
        }

        private Made<T> make(ServerConfig config) {
            return new Made<>(config, maker.apply(config));
        }
    }
}
