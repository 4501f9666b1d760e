package io.mcpserver.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The configuration that is in force; a reload replaces it as a whole, and with it what is in force only together with it.
 *
 * <p>Threads: safe for any number of callers. Whoever needs several values that belong together asks {@link #now} once, or
 * {@link #current} where some of them are of a {@link Companion}.
 */
public final class LiveConfig {

    /**
     * One configuration that was in force, and what was together with it.
     *
     * @param generation 1 for that of the start, one more with each reload that changed something
     */
    public record Generation(long generation, ServerConfig config, Map<Companion<?>, Object> companions) {

        private Generation with(Collection<Next<?>> values) {
            Map<Companion<?>, Object> all = new HashMap<>(companions);
            values.forEach(next -> all.put(next.companion(), next.value()));
            return new Generation(generation, config, Map.copyOf(all));
        }
    }

    /** Told of each replacement, in the order of the replacements. */
    public interface Listener {

        /** Called after {@code after} came into force; what is thrown is for the reload to tell. */
        void replaced(ServerConfig before, ServerConfig after);
    }

    /** A value that is replaced by itself, or in one moment with the configuration. Threads: as {@link LiveConfig}. */
    public static final class Companion<T> {

        private final LiveConfig live;

        private Companion(LiveConfig live) {
            this.live = live;
        }

        /** One that no configuration goes with. */
        public static <T> Companion<T> alone(T value) {
            return new LiveConfig(new Generation(0, null, Map.of())).companion(value);
        }

        /** The value that is in force. */
        public T now() {
            return in(live.current());
        }

        /** The value that was in force with a configuration; the one in force now, if no configuration goes with it. */
        @SuppressWarnings("unchecked")
        public T in(Generation generation) {
            T value = (T) generation.companions().get(this);
            return value == null ? (T) live.current().companions().get(this) : value;
        }

        /** Puts another value in force. */
        public void replace(T value) {
            live.put(next(value));
        }

        /** A value that is to come into force together with a configuration. */
        public Next<T> next(T value) {
            return new Next<>(this, value);
        }
    }

    /** What is to be the value of a companion. */
    public record Next<T>(Companion<T> companion, T value) {}

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Replaced without a lock: whoever replaces a companion may hold one for which a listener waits. */
    private final AtomicReference<Generation> current;

    public LiveConfig(ServerConfig atStart) {
        this(new Generation(1, atStart, Map.of()));
    }

    private LiveConfig(Generation first) {
        this.current = new AtomicReference<>(first);
    }

    public ServerConfig now() {
        return current.get().config();
    }

    public long generation() {
        return current.get().generation();
    }

    /** The configuration with what is in force together with it, all of one moment. */
    public Generation current() {
        return current.get();
    }

    /** Something more that is in force from now on, and can be replaced together with the configuration. */
    public <T> Companion<T> companion(T value) {
        Companion<T> companion = new Companion<>(this);
        companion.replace(value);
        return companion;
    }

    private void put(Next<?> next) {
        current.updateAndGet(now -> now.with(List.of(next)));
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
    public long replace(ServerConfig config) {
        return replace(config, List.of());
    }

    /** As {@link #replace(ServerConfig)}, and in the same moment these values of companions of this configuration. */
    public synchronized long replace(ServerConfig config, Collection<Next<?>> together) {
        Generation before = current.getAndUpdate(
                now -> new Generation(now.generation() + 1, config, now.companions()).with(together));
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
        return before.generation() + 1;
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
