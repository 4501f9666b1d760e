package io.mcpserver.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.error.CodedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentUriTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a/b c", "50%", "1+1", "é 中 😀", "~-._", "a?b#c"})
    void everyIdComesBackAsItWas(String id) {
        assertThat(DocumentUri.encode(id)).matches("[A-Za-z0-9%._~-]+");
        assertThat(DocumentUri.decode(DocumentUri.encode(id))).isEqualTo(id);
    }

    @Test
    void readsLowerCaseAndUnencodedCharactersToo() {
        assertThat(DocumentUri.decode("a%2fb")).isEqualTo("a/b");
        assertThat(DocumentUri.decode("é+")).isEqualTo("é+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%zz", "%ff"})
    void refusesBrokenEncoding(String part) {
        assertThatThrownBy(() -> DocumentUri.decode(part))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining(part);
    }
}
