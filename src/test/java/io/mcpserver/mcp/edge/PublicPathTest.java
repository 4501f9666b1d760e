package io.mcpserver.mcp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicPathTest {

    @Test
    void thePrefixIsWhatTheUriHasBeforeThePath() {
        assertThat(PublicPath.prefix("/team/mcp/sse?x=/sse", "/sse")).isEqualTo("/team/mcp");
        assertThat(PublicPath.prefix("/sse", "/sse")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example.com/sse",
                "//evil.example.com/sse",
                "/a b/sse",
                "/a%0d%0ab/sse",
                "/a//sse",
                "/other"
            })
    void whatIsNotPlainlyAPrefixIsNone(String uri) {
        assertThat(PublicPath.prefix(uri, "/sse")).isEmpty();
    }
}
