package io.mcpserver.tool.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolResult;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeptResultTest {

    private static final ObjectNode NODE = JsonNodeFactory.instance
            .objectNode()
            .put("n", 9_007_199_254_740_993L)
            .put("x", 0.1)
            .put("text", "ü \"quoted\" 😀\n");

    static Stream<ToolResult> results() {
        return Stream.of(
                ToolResult.of(NODE),
                ToolResult.of(NODE, "in other words: ü"),
                ToolResult.of(NODE, ""),
                ToolResult.ofText("only text 😀"),
                ToolResult.ofText(""));
    }

    @ParameterizedTest
    @MethodSource("results")
    void aResultIsReadAsItWas(ToolResult result) {
        assertThat(KeptResult.read(KeptResult.bytes(result))).contains(result);
    }

    @ParameterizedTest
    @MethodSource("results")
    void oneThatIsCutIsNoneOrAnotherText(ToolResult result) {
        byte[] whole = KeptResult.bytes(result);
        for (int length = 0; length < whole.length; length++) {
            KeptResult.read(Arrays.copyOf(whole, length))
                    .ifPresent(read -> assertThat(read.structured()).isEqualTo(result.structured()));
        }
    }

    @Test
    void otherBytesAreNone() {
        assertThat(KeptResult.read("{\"text\": \"other JSON\"}".getBytes())).isEmpty();
        assertThat(KeptResult.read(new byte[] {2, 0, 0, 0, 2, '[', ']'})).isEmpty();
        assertThat(KeptResult.read(new byte[] {2, 127, 0, 0, 2, '{', '}'})).isEmpty();
        assertThat(KeptResult.read(new byte[] {2, -1, 0, 0, 2, '{', '}'})).isEmpty();
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            // Nothing that lies there may throw.
            assertThat(KeptResult.read(bytes)).isNotNull();
        }
    }
}
