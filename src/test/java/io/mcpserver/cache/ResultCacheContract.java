package io.mcpserver.cache;

import static io.mcpserver.cache.CacheFixture.bytes;
import static io.mcpserver.cache.CacheFixture.key;
import static io.mcpserver.cache.CacheFixture.once;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link ResultCache} promises, of every back end. */
@Timeout(120)
public abstract class ResultCacheContract {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int THREADS = 64;

    private ResultCache cache;

    /** A new and empty cache with room for ten thousand values. */
    protected abstract ResultCache open() throws Exception;

    @BeforeEach
    void openIt() throws Exception {
        cache = open();
    }

    @AfterEach
    void closeIt() {
        cache.close();
    }

    @Test
    void whatIsKeptIsFound() throws Exception {
        keep(key("a"), "one");
        assertThat(find(key("a"))).contains("one");
        keep(key("empty"), "");
        assertThat(find(key("empty"))).contains("");
    }

    @Test
    void whatIsKeptUnderAnotherKeyIsNotFound() throws Exception {
        keep(key("a"), "one");
        assertThat(find(key("b"))).isEmpty();
        assertThat(find(key("a", "notes"))).isEmpty();
    }

    @Test
    void aValueTakesThePlaceOfAnEarlierOne() throws Exception {
        keep(key("a"), "one");
        keep(key("a"), "two");
        assertThat(find(key("a"))).contains("two");
    }

    @Test
    void aValueIsGoneAfterItsTime() throws Exception {
        keep(key("long"), "stays");
        once(() -> {
            cache.keep(key("short"), cache.find(key("short")).state(), bytes("goes"), Duration.ofMillis(50));
            return true;
        });
        await().until(() -> find(key("short")).isEmpty());
        assertThat(find(key("long"))).contains("stays");
    }

    @Test
    void aChangeMakesVoidWhatWasMadeOfItsCollectionAndNothingElse() throws Exception {
        keep(key("notes", "notes"), "a");
        keep(key("both", "notes", "people"), "b");
        keep(key("people", "people"), "c");
        keep(key("none"), "d");

        cache.changed(List.of("notes", "unknown"));

        assertThat(find(key("notes", "notes"))).isEmpty();
        assertThat(find(key("both", "notes", "people"))).isEmpty();
        assertThat(find(key("people", "people"))).contains("c");
        assertThat(find(key("none"))).contains("d");
        keep(key("notes", "notes"), "new");
        assertThat(find(key("notes", "notes"))).contains("new");
    }

    @Test
    void whatWasMadeBeforeAChangeAndKeptAfterItIsNotFound() throws Exception {
        String before = once(() -> cache.find(key("a", "notes"))).state();
        cache.changed(List.of("notes"));
        cache.keep(key("a", "notes"), before, bytes("old"), LONG);
        assertThat(find(key("a", "notes"))).isEmpty();
    }

    @Test
    void moreChangesThanCanBeToldOneByOneMakeAllVoid() throws Exception {
        keep(key("a", "notes"), "old");
        for (int i = 0; i < 2_000; i++) {
            cache.changed(List.of("collection-" + i));
        }
        cache.changed(List.of("notes"));
        assertThat(find(key("a", "notes"))).isEmpty();
        keep(key("a", "notes"), "new");
        assertThat(find(key("a", "notes"))).contains("new");
    }

    @Test
    void aValueThatIsTooLargeIsNotKept() throws Exception {
        String largest = "x".repeat(ResultCache.MOST_VALUE_BYTES);
        keep(key("largest"), largest);
        keep(key("larger"), largest + "x");
        assertThat(find(key("largest")).orElseThrow()).isEqualTo(largest);
        assertThat(find(key("larger"))).isEmpty();
    }

    @Test
    void nobodyFindsWhatOthersKept() throws Exception {
        inThreads(() -> {
            for (int i = 0; i < 300; i++) {
                String name = "k" + ThreadLocalRandom.current().nextInt(50);
                Optional<String> found = find(key(name, "notes"));
                assertThat(found.orElse(name)).isEqualTo(name);
                keep(key(name, "notes"), name);
            }
            return null;
        });
    }

    @Test
    void nobodyFindsWhatWasMadeBeforeAChangeThatIsOver() throws Exception {
        AtomicInteger data = new AtomicInteger();
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger hits = new AtomicInteger();
        inThreads(() -> {
            for (int i = 0; i < 300; i++) {
                if (ThreadLocalRandom.current().nextInt(20) == 0) {
                    synchronized (data) {
                        int written = data.incrementAndGet();
                        cache.changed(List.of("notes"));
                        acknowledged.set(written);
                    }
                }
                int least = acknowledged.get();
                Lookup found = once(() -> cache.find(key("all", "notes")));
                if (found.value().isPresent()) {
                    assertThat(Integer.parseInt(text(found.value().get()))).isGreaterThanOrEqualTo(least);
                    hits.incrementAndGet();
                } else {
                    byte[] made = bytes("" + data.get());
                    once(() -> {
                        cache.keep(key("all", "notes"), found.state(), made, LONG);
                        return true;
                    });
                }
            }
            return null;
        });
        assertThat(hits.get()).isPositive();
    }

    @Test
    void aClosedCacheSaysSo() {
        cache.close();
        cache.close();
        cache.changed(List.of("notes"));
        assertThatThrownBy(() -> cache.find(key("a")))
                .isInstanceOf(CacheUnavailableException.class)
                .hasMessageContaining("closed");
    }

    private void keep(CacheKey key, String value) {
        once(() -> {
            cache.keep(key, cache.find(key).state(), bytes(value), LONG);
            return true;
        });
    }

    private Optional<String> find(CacheKey key) {
        return once(() -> cache.find(key)).value().map(ResultCacheContract::text);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void inThreads(Callable<Void> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(work));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }
}
