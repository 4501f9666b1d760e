package io.mcpserver.mcp.edge;

import static io.mcpserver.mcp.testing.McpMessages.PING;
import static io.mcpserver.mcp.testing.McpMessages.beginSession;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator reads in {@code /q/metrics} of the answers on the MCP paths, as on all others. */
@QuarkusTest
class AnswerTimesTest {

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/stream"})
    void everyAnswerIsTimedOnce(String path) {
        String session = beginSession(server);
        long before = count("POST", "SUCCESS", 200, path);

        for (int call = 0; call < 3; call++) {
            Reply reply = RawHttp.post(server, path, PING)
                    .header("Mcp-Session-Id", session)
                    .send();
            assertThat(reply.status()).isEqualTo(200);
        }

        Awaitility.await().untilAsserted(() -> assertThat(count("POST", "SUCCESS", 200, path))
                .isEqualTo(before + 3));
    }

    @Test
    void whatIsRefusedIsTimedWithItsStatus() {
        long before = count("POST", "CLIENT_ERROR", 404, "/mcp");

        RawHttp.post(server, "/mcp", PING).header("Mcp-Session-Id", "nobody's").send();

        Awaitility.await().untilAsserted(() -> assertThat(count("POST", "CLIENT_ERROR", 404, "/mcp"))
                .isEqualTo(before + 1));
    }

    @Test
    void aMethodThatSomebodyInventedMakesNoSeriesOfItsOwn() {
        long before = count("OTHER", "CLIENT_ERROR", 405, "/mcp");

        RawHttp.method(server, "FETCH", "/mcp").send();

        Awaitility.await().untilAsserted(() -> assertThat(count("OTHER", "CLIENT_ERROR", 405, "/mcp"))
                .isEqualTo(before + 1));
        assertThat(metrics()).doesNotContain("FETCH");
    }

    @Test
    void theOtherPathsHaveTheSameTags() {
        RawHttp.get(server, "/tools/list").send();

        Awaitility.await().untilAsserted(() -> assertThat(count("GET", "SUCCESS", 200, "/tools/list"))
                .isPositive());
    }

    private long count(String method, String outcome, int status, String path) {
        Matcher series = Pattern.compile("http_server_requests_seconds_count\\{method=\"" + method + "\",outcome=\""
                        + outcome + "\",status=\"" + status + "\",uri=\"" + path + "\"} (\\d+)")
                .matcher(metrics());
        long count = series.find() ? Long.parseLong(series.group(1)) : 0;
        assertThat(series.find()).isFalse();
        return count;
    }

    private String metrics() {
        return RawHttp.get(server, "/q/metrics").send().body();
    }
}
