package io.mcpserver.mcp.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.pass.Envelope.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    @Test
    void anIdIsKeptAsItCame() {
        assertThat(of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").id())
                .isEqualTo("1");
        assertThat(of("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"ping\"}").id())
                .isEqualTo("\"1\"");
        assertThat(of("{\"id\":\"a\\\"\\u00e9\",\"method\":\"ping\"}").id()).isEqualTo("\"a\\\"é\"");
    }

    @Test
    void kindsAreToldApartInWhateverOrderTheMembersCome() {
        assertThat(of("{\"method\":\"x\",\"params\":{\"id\":3}}").kind()).isEqualTo(Kind.NOTIFICATION);
        assertThat(of("{\"params\":{\"method\":\"y\"},\"method\":\"x\",\"id\":3}"))
                .isEqualTo(new Envelope(Kind.REQUEST, "3", "x", null, null));
        assertThat(of("{\"result\":{\"id\":9},\"id\":3}"))
                .isEqualTo(new Envelope(Kind.RESPONSE, "3", null, null, null));
        assertThat(of("{\"id\":null,\"error\":{}}")).isEqualTo(new Envelope(Kind.RESPONSE, null, null, null, null));
    }

    @Test
    void whatIsTakenBackOrSubscribedIsSeen() {
        assertThat(of("{\"method\":\"notifications/cancelled\",\"params\":{\"reason\":\"r\",\"requestId\":\"q\"}}")
                        .cancels())
                .isEqualTo("\"q\"");
        assertThat(of("{\"id\":1,\"method\":\"resources/subscribe\",\"params\":{\"_meta\":{\"uri\":1},\"uri\":\"u\"}}")
                        .uri())
                .isEqualTo("u");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "[]",
                "[{}]",
                "1",
                "{",
                "{\"id\":1",
                "{\"id\":{}}",
                "{\"method\":1,\"id\":1}",
                "\u0000"
            })
    void whatIsNoMessageIsLeftToWhomItIsFor(String text) {
        assertThat(of(text).kind()).isEqualTo(Kind.OTHER);
    }

    private static Envelope of(String text) {
        return Envelope.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
