package io.mcpserver.tool.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternsTest {

    @ParameterizedTest
    @CsvSource({
        "storage_save, storage_save, true",
        "storage_save, storage_saves, false",
        "*, anything, true",
        "storage_*, storage_save, true",
        "storage_*, storage_, true",
        "storage_*, my_storage_save, false",
        "*_save, storage_save, true",
        "*_save, storage_save_all, false",
        "a*b*c, aXXbYYc, true",
        "a*b*c, acb, false",
        "a**c, ac, true",
        "a.c, abc, false",
        "*ab*ab, abab, true",
        "*ab*ab, ab, false"
    })
    void aStarStandsForAnyCharacters(String pattern, String name, boolean fits) {
        assertThat(new NamePatterns(List.of("other", pattern)).fit(name)).isEqualTo(fits);
    }

    @Test
    void noPatternsFitNothing() {
        assertThat(new NamePatterns(List.of()).fit("a")).isFalse();
    }
}
