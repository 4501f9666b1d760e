package io.mcpserver.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadersTest {

    @Test
    void markdownIsCutAtItsHeadings() throws Exception {
        List<ObjectNode> parts = read(FileKind.MARKDOWN, "docs/guide.md", """
                ---
                author: Ann
                ---
                Before any heading.

                # Guide

                First `things` first.

                ## Install *quickly*

                - one
                - two

                ```
                # no heading
                ```

                ## Run

                Go.
                """);
        assertThat(parts)
                .extracting(part -> part.path("title").asText())
                .containsExactly("guide", "guide › Guide", "guide › Guide › Install quickly", "guide › Guide › Run");
        assertThat(parts.get(1).path("text").asText()).isEqualTo("First `things` first.");
        assertThat(parts.get(2).path("text").asText()).isEqualTo("- one\n- two\n\n```\n# no heading\n```");
        assertThat(parts.get(2).path("source"))
                .isEqualTo(new ObjectMapper().readTree("{\"path\": \"docs/guide.md\", \"part\": 3}"));
    }

    @Test
    void longTextIsCutBetweenParagraphsAndAtMostWithinWords() throws Exception {
        String paragraph = "word ".repeat(120).strip();
        String text = (paragraph + "\n\n").repeat(10) + "x".repeat(9_000) + "😀".repeat(3_000);
        List<ObjectNode> parts = read(FileKind.TEXT, "a.txt", text);
        assertThat(parts).hasSizeGreaterThan(5);
        assertThat(parts).allSatisfy(part -> {
            String piece = part.path("text").asText();
            assertThat(piece).hasSizeLessThanOrEqualTo(4_000);
            assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
        });
        String joined = String.join(
                "", parts.stream().map(part -> part.path("text").asText()).toList());
        assertThat(joined.replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
    }

    @Test
    void htmlIsReadWithoutWhatSurroundsTheText() throws Exception {
        List<ObjectNode> parts = read(FileKind.HTML, "api/list.html", """
                <html><head><title>List API</title><style>p {}</style></head><body>
                <nav>Home | Index</nav>
                <main><h1>Interface <code>List</code></h1><p>An ordered
                   collection.</p>
                <h2>Methods</h2><table><tr><td>add</td><td>Appends it.</td></tr></table>
                <pre>int a;
                  int b;</pre>one<br>two<script>alert(1)</script></main></body></html>
                """);
        assertThat(parts)
                .extracting(part -> part.path("title").asText())
                .containsExactly("List API › Interface List", "List API › Interface List › Methods");
        assertThat(parts.get(0).path("text").asText()).isEqualTo("An ordered collection.");
        assertThat(parts.get(1).path("text").asText()).isEqualTo("add Appends it.\n\nint a;\n  int b;\n\none\ntwo");
    }

    @Test
    void jsonObjectsStayAsTheyAre() throws Exception {
        assertThat(read(FileKind.JSON, "a.json", "{\"id\": \"x\", \"n\": 1}"))
                .containsExactly(object("{\"id\": \"x\", \"n\": 1}"));
        assertThat(read(FileKind.JSON, "a.json", "[{\"a\": 1}, {\"b\": 2}]"))
                .containsExactly(object("{\"a\": 1}"), object("{\"b\": 2}"));
        assertThat(FileKind.JSON.reader().read("a.json", "[{\"id\": \"x\"}, {\"id\": 7}, {\"id\": \"\"}]"))
                .extracting(part -> part.id().orElse("none"))
                .containsExactly("x", "none", "none");
    }

    @Test
    void jsonFaultsAreNamedWithTheirLine() {
        assertThatThrownBy(() -> read(FileKind.JSON, "a.json", "{\n\"a\": 1,\n}"))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith("line 3: is not JSON");
        assertThatThrownBy(() -> read(FileKind.JSON, "a.json", "{\"a\": 1, \"a\": 2}"))
                .hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> read(FileKind.JSON, "a.json", "7")).hasMessageContaining("an array of objects");
        assertThatThrownBy(() -> read(FileKind.JSON, "a.json", "[{}, 7]")).hasMessageContaining("item 2");
        assertThatThrownBy(() -> read(FileKind.JSON, "a.json", "{} {}")).isInstanceOf(BadFileException.class);
        assertThatThrownBy(() -> read(FileKind.JSON, "a.json", "[".repeat(5_000)))
                .isInstanceOf(BadFileException.class);
    }

    @Test
    void jsonLinesAreOneObjectEach() throws Exception {
        assertThat(read(FileKind.JSON_LINES, "a.jsonl", "{\"a\": 1}\r\n\n{\"b\": 2}"))
                .containsExactly(object("{\"a\": 1}"), object("{\"b\": 2}"));
        assertThatThrownBy(() -> read(FileKind.JSON_LINES, "a.jsonl", "{}\n\n{oops}"))
                .hasMessageStartingWith("line 3: is not JSON");
        assertThatThrownBy(() -> read(FileKind.JSON_LINES, "a.jsonl", "{}\n[1]"))
                .hasMessage("line 2: must be a JSON object");
    }

    @Test
    void csvRowsAreObjectsByHeader() throws Exception {
        assertThat(read(FileKind.CSV, "a.csv", """
                        id,name,year,zip,share,note
                        7,Ann,1999,01234,1.5,"a, ""b"" c"
                        8,Bob,2001,99999,2,
                        """)).containsExactly(object("""
                                {"id":"7","name":"Ann","year":1999,"zip":"01234","share":1.5,"note":"a, \\"b\\" c"}"""), object("""
                                {"id":"8","name":"Bob","year":2001,"zip":"99999","share":2}"""));
        assertThat(read(FileKind.CSV, "a.csv", "")).isEmpty();
        assertThat(read(FileKind.CSV, "a.csv", "a,b\n")).isEmpty();
    }

    @Test
    void csvFaultsAreNamedWithTheirLine() {
        assertThatThrownBy(() -> read(FileKind.CSV, "a.csv", "a,b\n\"x\ny\",2\n3\n"))
                .hasMessage("line 4: has 1 cells, but the header has 2");
        assertThatThrownBy(() -> read(FileKind.CSV, "a.csv", "a,a\n1,2"))
                .hasMessageStartingWith("line 1: every column needs a name");
        assertThatThrownBy(() -> read(FileKind.CSV, "a.csv", "a,b\n1,\"2"))
                .hasMessageStartingWith("line 2: is not CSV");
    }

    @Test
    void theKindFollowsFromTheEndOfTheName() {
        assertThat(FileKind.of(Path.of("a/b.MD"))).contains(FileKind.MARKDOWN);
        assertThat(FileKind.of(Path.of("README.txt.gz"))).contains(FileKind.TEXT);
        assertThat(FileKind.of(Path.of("a.ndjson"))).contains(FileKind.JSON_LINES);
        assertThat(FileKind.of(Path.of("md"))).isEmpty();
        assertThat(FileKind.of(Path.of("a.png"))).isEmpty();
        assertThat(FileName.title("docs/guide.tar.md.gz")).isEqualTo("guide.tar");
    }

    private static List<ObjectNode> read(FileKind kind, String path, String text) throws BadFileException {
        return kind.reader().read(path, text).stream()
                .map(part -> object(part.content().toString()))
                .toList();
    }

    private static ObjectNode object(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
