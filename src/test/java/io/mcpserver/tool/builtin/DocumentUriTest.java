package io.mcpserver.tool.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.error.CodedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentUriTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a/b c", "50%", "1+1", "é 中 😀", "~-._", "a?b#c"})
    void everyIdComesBackAsItWas(String id) {
        assertThat(DocumentUri.encode(id)).matches("[A-Za-z0-9%._~-]+");
        assertThat(DocumentUri.decode(DocumentUri.encode(id))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a/b c", "50%", "1+1", "é 中 😀", "~-._", "a?b#c", "%2F", "line\nline"})
    void theAddressOfADocumentIsItsOwnCanonicalForm(String id) {
        String uri = DocumentUri.of("notes", id);
        assertThat(uri).startsWith("storage://notes/");
        assertThat(DocumentUri.decode(uri.substring("storage://notes/".length())))
                .isEqualTo(id);
        assertThat(DocumentUri.canonical(uri)).contains(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "storage://notes/%7Ea%2Db, ~a-b",
        "storage://n%6ftes/a%2fb, a/b",
        "storage://notes/caf\u00e9, caf\u00e9",
        "storage://notes/caf%c3%A9, caf\u00e9",
        "storage://notes/a?b#c+d, a?b#c+d"
    })
    void everySpellingOfAnAddressIsEqualToTheCanonicalOne(String spelling, String id) {
        assertThat(DocumentUri.canonical(spelling)).contains(DocumentUri.of("notes", id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "storage://",
                "storage://notes",
                "storage://notes/",
                "storage:///a",
                "storage://notes/a/b",
                "storage:/notes/a",
                "Storage://notes/a",
                "file://notes/a",
                " storage://notes/a",
                "storage://notes/%",
                "storage://notes/%zz",
                "storage://%ff/a"
            })
    void whatIsNoAddressOfADocumentHasNoCanonicalForm(String uri) {
        assertThat(DocumentUri.canonical(uri)).isEmpty();
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
