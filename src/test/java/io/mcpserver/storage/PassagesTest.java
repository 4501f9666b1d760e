package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassagesTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aShortDocumentIsOnePassageOfAllItsStrings() throws Exception {
        ObjectNode content = (ObjectNode)
                JSON.readTree("{\"title\":\"Maps\",\"year\":2020,\"tags\":[\"a\",\" \"],\"author\":{\"name\":\"Li\"}}");

        assertThat(passages(content)).containsExactly("Maps\na\nLi");
    }

    @Test
    void aDocumentWithoutStringsHasNoPassage() throws Exception {
        assertThat(passages((ObjectNode) JSON.readTree("{\"year\":2020,\"empty\":\"\"}")))
                .isEmpty();
    }

    @Test
    void textFieldsLimitWhatIsSearched() throws Exception {
        ObjectNode content = (ObjectNode)
                JSON.readTree(
                        "{\"title\":\"Maps\",\"body\":{\"text\":\"of Asia\"},\"parts\":[{\"t\":\"x\"},{\"t\":\"y\"}],\"secret\":\"s\"}");
        CollectionSettings settings =
                new CollectionSettings(Optional.empty(), List.of("title", "body.text", "parts.t", "parts.1.t", "none"));

        assertThat(Passages.of(settings, content).texts()).containsExactly("Maps\nof Asia\nx\ny\ny");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", ". ", "\n\n", "。", ""})
    void aLongTextIsSplitWithoutLosingAnything(String separator) {
        List<String> words =
                IntStream.range(0, 2_000).mapToObj(i -> "w" + i + "x").toList();
        ObjectNode content = JSON.createObjectNode().put("text", String.join(separator, words));

        List<String> texts = passages(content);

        assertThat(texts).hasSizeGreaterThan(5).allMatch(text -> Passages.width(text) <= Passages.WIDTH);
        if (!separator.isEmpty()) {
            assertThat(words).allMatch(word -> texts.stream().anyMatch(text -> text.contains(word)));
        } else {
            assertThat(String.join("", texts)).startsWith("w0xw1x").endsWith("w1999x");
        }
    }

    @Test
    void everyPassageOfALongDocumentBeginsWithItsTitle() {
        String body = IntStream.range(0, 300)
                .mapToObj(i -> "Sentence number " + i + ".")
                .collect(Collectors.joining(" "));
        ObjectNode content = JSON.createObjectNode().put("title", "The manual").put("body", body);

        assertThat(passages(content)).hasSizeGreaterThan(3).allMatch(text -> text.startsWith("The manual\nSentence"));
    }

    @Test
    void chineseTextMakesShorterPassagesThatEndWithASentence() {
        ObjectNode content = JSON.createObjectNode().put("text", "全文搜索引擎可以快速查找文档。".repeat(100));

        assertThat(passages(content)).allMatch(text -> text.length() <= 300).allMatch(text -> text.endsWith("。"));
    }

    @Test
    void surrogatePairsAreNotTornApart() {
        ObjectNode content = JSON.createObjectNode().put("text", "x" + "😀".repeat(2_000));

        assertThat(passages(content)).noneMatch(DocumentRules::hasLoneSurrogate);
    }

    @Test
    void aVeryLongDocumentIsCutAndSaysSo() {
        ObjectNode content = JSON.createObjectNode().put("text", "some words ".repeat(60_000));

        Passages passages = Passages.of(CollectionSettings.NONE, content);

        assertThat(passages.cut()).isTrue();
        assertThat(passages.texts()).hasSize(Passages.MOST);
    }

    private static List<String> passages(ObjectNode content) {
        Passages first = Passages.of(CollectionSettings.NONE, content);
        assertThat(Passages.of(CollectionSettings.NONE, content)).isEqualTo(first);
        assertThat(first.cut()).isFalse();
        return first.texts();
    }
}
