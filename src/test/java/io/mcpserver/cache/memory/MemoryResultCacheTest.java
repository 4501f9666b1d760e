package io.mcpserver.cache.memory;

import static io.mcpserver.cache.CacheFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.cache.ResultCache;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryResultCacheTest {

    private static final long MANY_BYTES = 1_000_000_000;

    @Test
    void noMoreValuesAreKeptThanThereIsRoomFor() throws Exception {
        try (ResultCache cache = new MemoryResultCache(10, MANY_BYTES)) {
            keep(cache, 100, 10);
            assertThat(cache.size().orElseThrow()).isEqualTo(10);
            assertThat(cache.evictions()).isEqualTo(90);
        }
    }

    @Test
    void noMoreBytesAreKeptThanThereIsRoomFor() throws Exception {
        try (ResultCache cache = new MemoryResultCache(1_000, 100_000)) {
            keep(cache, 100, 9_000);
            assertThat(cache.size().orElseThrow()).isBetween(1L, 11L);
        }
    }

    @Test
    void theLargestNumberOfValuesNeedsNoRoomOfItsOwn() throws Exception {
        try (ResultCache cache = new MemoryResultCache(10_000_000, 1_000)) {
            keep(cache, 100, 10);
            assertThat(cache.size().orElseThrow()).isLessThan(1_000);
        }
    }

    @Test
    void nothingIsLeftInAClosedCache() throws Exception {
        ResultCache cache = new MemoryResultCache(10, MANY_BYTES);
        keep(cache, 5, 10);
        cache.close();
        assertThat(cache.size().orElseThrow()).isZero();
    }

    private static void keep(ResultCache cache, int count, int bytes) throws Exception {
        for (int i = 0; i < count; i++) {
            cache.keep(key("k" + i), cache.find(key("k" + i)).state(), new byte[bytes], Duration.ofMinutes(1));
        }
    }
}
