package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemLanguageTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "POSIX", "C.UTF-8", "en", "en_GB.UTF-8", "en_US"})
    void english_is_found(String locale) {
        assertThat(SystemLanguage.isEnglish(Map.of("LANG", locale))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"de_DE.UTF-8", "fr", "zh_CN.UTF-8", "enm_GB"})
    void another_language_is_told_from_it(String locale) {
        assertThat(SystemLanguage.isEnglish(Map.of("LANG", locale))).isFalse();
    }

    @Test
    void the_first_variable_that_is_set_decides() {
        assertThat(SystemLanguage.isEnglish(Map.of("LC_ALL", "de_DE", "LANG", "en_US")))
                .isFalse();
        assertThat(SystemLanguage.isEnglish(Map.of("LC_ALL", "", "LC_MESSAGES", "en_US", "LANG", "de_DE")))
                .isTrue();
        assertThat(SystemLanguage.isEnglish(Map.of())).isTrue();
    }

    @Test
    void a_list_of_languages_counts_beside_every_locale_but_that_of_c() {
        assertThat(SystemLanguage.isEnglish(Map.of("LANG", "en_US.UTF-8", "LANGUAGE", "de:en")))
                .isFalse();
        assertThat(SystemLanguage.isEnglish(Map.of("LANG", "en_US.UTF-8", "LANGUAGE", "en_GB:en")))
                .isTrue();
        assertThat(SystemLanguage.isEnglish(Map.of("LANG", "C.UTF-8", "LANGUAGE", "de")))
                .isFalse();
        assertThat(SystemLanguage.isEnglish(Map.of("LANG", "C", "LANGUAGE", "de")))
                .isTrue();
    }
}
