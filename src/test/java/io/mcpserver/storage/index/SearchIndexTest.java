package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("side-by-side")
class SearchIndexTest {

    @ParameterizedTest
    @CsvSource({"134217728, 128", "1073741824, 1024", "68719476736, 5120"})
    void no_merge_makes_a_segment_larger_than_the_heap(long heap, double megabytes) {
        assertThat(SearchIndex.merging(heap).getMaxMergedSegmentMB()).isEqualTo(megabytes);
    }
}
