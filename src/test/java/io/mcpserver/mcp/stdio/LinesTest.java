package io.mcpserver.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void linesComeWithoutTheirEnds() throws IOException {
        assertThat(lines("a\nbc\n\nd", 10)).containsExactly("a", "bc", "", "d");
        assertThat(lines("", 10)).isEmpty();
        assertThat(lines("a\n", 10)).containsExactly("a");
    }

    @Test
    void aLineThatIsTooLongIsReportedAndTheNextIsRead() throws IOException {
        assertThat(lines("12345\n123456\n12345\n", 5)).containsExactly("12345", "too long", "12345");
        assertThat(lines("1".repeat(1_000_000) + "\nx\n" + "1".repeat(200_000), 100_000))
                .containsExactly("too long", "x", "too long");
    }

    @Test
    void linesLongerThanTheBufferAreWhole() throws IOException {
        String line = "é中".repeat(100_000);
        assertThat(lines(line + "\n" + line, 10_000_000)).containsExactly(line, line);
    }

    @Test
    void bytesMayDribbleIn() throws IOException {
        InputStream dribble = new ByteArrayInputStream("ab\ncd\n".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 1));
            }
        };
        assertThat(all(new Lines(dribble, () -> 10))).containsExactly("ab", "cd");
    }

    private static List<String> lines(String text, long maxLength) throws IOException {
        return all(new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), () -> maxLength));
    }

    private static List<String> all(Lines lines) throws IOException {
        List<String> all = new ArrayList<>();
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            all.add(
                    switch (line) {
                        case Lines.Line.Text(byte[] text) -> new String(text, StandardCharsets.UTF_8);
                        case Lines.Line.TooLong() -> "too long";
                    });
        }
        return all;
    }
}
