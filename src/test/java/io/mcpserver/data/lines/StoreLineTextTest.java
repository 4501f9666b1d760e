package io.mcpserver.data.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.StoredDocument;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreLineTextTest {

    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123456Z");

    @Test
    void whatIsWrittenIsReadAsTheSame() throws BadLineException {
        for (String content : List.of(
                "{}",
                "{\"z\":1,\"a\":[null,true,1.5,1e300,123456789012345678901234567890]}",
                "{\"text\":\"中文 😀 \\u0000 \\\" \\\\ \\u2028\"}")) {
            StoredDocument document =
                    new StoredDocument("notes", "a\"b", 3, TIME, TIME, Optional.of(DocumentJson.read(content)));
            String line = StoreLineText.write(document);
            assertThat(line).doesNotContain("\n");
            assertThat(StoreLineText.read(line)).isEqualTo(new StoreLine.Stored(document));
        }
        StoredDocument deleted = new StoredDocument("notes", "a", 3, TIME, TIME, Optional.empty());
        assertThat(StoreLineText.read(StoreLineText.write(deleted))).isEqualTo(new StoreLine.Stored(deleted));
        CollectionSettings settings =
                new CollectionSettings(Optional.of(new CollectionSettings.Model("m", 384)), List.of("title", "a.b"));
        assertThat(StoreLineText.read(StoreLineText.write("notes", settings)))
                .isEqualTo(new StoreLine.Settings("notes", settings));
    }

    @Test
    void aDocumentOfAnotherToolNeedsNoVersionAndNoTimes() throws BadLineException {
        StoreLine line = StoreLineText.read("{\"collection\": \"notes\", \"id\": \"a\", \"content\": {\"n\": 1}}");
        assertThat(line).isInstanceOfSatisfying(StoreLine.Stored.class, stored -> {
            assertThat(stored.document().version()).isEqualTo(1);
            assertThat(stored.document().created()).isEqualTo(stored.document().updated());
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | is not JSON",
                "[] | is no JSON object",
                "{\"a\":1} x | is not JSON",
                "{\"collection\":\"n\",\"collection\":\"m\"} | Duplicate",
                "{\"collection\":\"n\",\"id\":\"a\"} | must have \"content\"",
                "{\"collection\":\"n\",\"id\":\"a\",\"content\":[]} | must have \"content\"",
                "{\"collection\":\"n\",\"content\":{}} | must have \"id\"",
                "{\"id\":\"a\",\"content\":{}} | must have \"collection\"",
                "{\"collection\":\"../n\",\"id\":\"a\",\"content\":{}} | The collection name",
                "{\"collection\":\"n\",\"id\":\"\",\"content\":{}} | an id has 1 to 256",
                "{\"collection\":\"n\",\"id\":\"a\",\"content\":{},\"version\":0} | versions begin with 1",
                "{\"collection\":\"n\",\"id\":\"a\",\"content\":{},\"version\":1.5} | no whole number",
                "{\"collection\":\"n\",\"id\":\"a\",\"content\":{},\"created\":\"x\"} | no time",
                "{\"collection\":\"n\",\"id\":\"a\",\"content\":{},\"other\":1} | the key \"other\"",
                "{\"collection\":\"n\",\"settings\":{},\"id\":\"a\"} | nothing else"
            })
    void aBrokenLineSaysWhatIsWrong(String line, String told) {
        assertThatThrownBy(() -> StoreLineText.read(line))
                .isInstanceOf(BadLineException.class)
                .hasMessageContaining(told);
    }

    @Test
    void aLineThatIsTooLongOrNoTextIsPassedOverAndTheNextIsRead() throws Exception {
        byte[] start = new byte[4 * StoreLineText.LONGEST + 10];
        start[start.length - 1] = '\n';
        byte[] end = "good\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(start, start.length + 2 + end.length);
        all[start.length] = (byte) 0xff;
        all[start.length + 1] = '\n';
        System.arraycopy(end, 0, all, start.length + 2, end.length);

        LimitedLines lines = new LimitedLines(new ByteArrayInputStream(all));
        assertThatThrownBy(lines::next).hasMessageContaining("longer than");
        assertThatThrownBy(lines::next).hasMessageContaining("no UTF-8");
        assertThat(lines.next()).contains("good");
        assertThat(lines.number()).isEqualTo(3);
        assertThat(lines.next()).isEmpty();
    }
}
