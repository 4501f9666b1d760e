package io.mcpserver.storage.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.storage.index.Shelf;
import java.nio.file.Path;
import org.apache.lucene.util.ThreadInterruptedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("side-by-side")
class LuceneIndexTest {

    @ParameterizedTest
    @CsvSource({"134217728, 128", "1073741824, 1024", "68719476736, 5120"})
    void no_merge_makes_a_segment_larger_than_the_heap(long heap, double megabytes) {
        assertThat(LuceneIndex.merging(heap).getMaxMergedSegmentMB()).isEqualTo(megabytes);
    }

    @Test
    void whoever_is_interrupted_while_other_threads_search_is_told_so(@TempDir Path folder) throws Exception {
        try (LuceneIndex index = LuceneIndex.open(folder, Shelf.NO_MODEL)) {
            assertThatThrownBy(() -> index.read(view -> {
                        throw new ThreadInterruptedException(new InterruptedException("the call is over"));
                    }))
                    .isInstanceOf(InterruptedException.class);
        }
    }
}
