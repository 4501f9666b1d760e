package io.mcpserver.tool.declarative.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveKey;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.KindFixture;
import io.mcpserver.tool.declarative.TestSurroundings;
import io.mcpserver.tool.declarative.http.client.RawSite;
import io.mcpserver.tool.declarative.http.client.TestSite;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpKindTest {

    private static final String SECRET = "s3cret-t0ken";

    private final TestSite site = TestSite.open();
    private TestSurroundings surroundings;

    @BeforeEach
    void surround(@TempDir Path folder) {
        surroundings = TestSurroundings.in(folder)
                .secret("env.TOKEN", SECRET)
                .secret("env.BASE", site.url("/base/"))
                .secret("env.BROKEN", "two\r\nlines");
        allow("127.0.0.1");
    }

    @AfterEach
    void close() throws Exception {
        surroundings.close();
        site.close();
    }

    @Test
    void aRequestIsFilledInAndItsAnswerReadByAPath() {
        site.says(
                "/v1/orders/",
                200,
                "application/json; charset=utf-8",
                "{\"data\": {\"items\": [{\"id\": 1}, {\"id\": 2}]}}");
        KindFixture file = load("""
                tools:
                  - name: orders
                    description: Orders.
                    input:
                      id: {type: string}
                      tags: {type: array, items: {type: string}, required: false}
                      since: {type: string, required: false}
                      page: {type: integer, default: 1}
                    http:
                      url: "SITE/v1/orders/${id}?fixed=a%20b"
                      query: {since: "${since}", tag: "${tags}", page: "${page}", flag: true}
                      headers: {Authorization: "Bearer ${env.TOKEN}", X-Since: "${since}"}
                      response: {result: "$.data.items"}
                """);
        assertThat(file.result("orders", "{'id': 'é 1', 'tags': ['a', 'b&c=d']}"))
                .hasToString("{\"items\":[{\"id\":1},{\"id\":2}]}");
        assertThat(site.last().target())
                .isEqualTo("/v1/orders/%C3%A9%201?fixed=a%20b&tag=a&tag=b%26c%3Dd&page=1&flag=true");
        assertThat(site.last().headers())
                .containsEntry("authorization", "Bearer " + SECRET)
                .containsEntry("accept", "application/json")
                .doesNotContainKey("x-since");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, /v1/items/a%2Fb/details",
        "%2e%2e, /v1/items/%252e%252e/details",
        "a?b=c, /v1/items/a%3Fb%3Dc/details",
        "a#b, /v1/items/a%23b/details",
        "a;b@c:d, /v1/items/a%3Bb%40c%3Ad/details",
        "${env.TOKEN}, /v1/items/%24%7Benv.TOKEN%7D/details",
        "..., /v1/items/.../details",
        "ü€😀, /v1/items/%C3%BC%E2%82%AC%F0%9F%98%80/details"
    })
    void anInputStaysInItsSegmentOfThePath(String id, String path) {
        site.says("/", 200, "application/json", "{}");
        path().result("item", "{'id': '" + id + "'}");
        assertThat(site.last().target()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../admin",
                "a/../../admin",
                "..\\\\admin",
                "",
                "a\\u0000b",
                "a\\r\\nHost: evil",
                "a/./b"
            })
    void anInputThatWouldLeadElsewhereIsRefusedAndNothingIsSent(String id) {
        site.says("/", 200, "application/json", "{}");
        assertThat(path().failure("item", "{'id': '" + id + "'}").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(site.asked()).isEmpty();
    }

    @Test
    void aDotThatIsPutTogetherOfTwoInputsIsRefused() {
        KindFixture file = load(tool("a: {type: string}\n      b: {type: string}", "url: \"SITE/x/${a}${b}/y\""));
        assertThat(file.failure("t", "{'a': '.', 'b': '.'}").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void anInputThatMayBeLeftOutIsNeededInThePath() {
        KindFixture file = load(tool("a: {type: string, required: false}", "url: \"SITE/x/${a}\""));
        assertThat(file.failure("t", "{}")).hasMessageContaining("a must be given");
    }

    @Test
    void anInputCannotBecomeAnotherPartOfTheQueryOrOfAForm() {
        site.says("/", 200, "application/json", "{}");
        KindFixture file = load(tool("q: {type: string}", """
                method: POST
                      url: "SITE/find?q=${q}&fixed=1"
                      query: {again: "${q}"}
                      form: {q: "${q}", n: 1}"""));
        file.result("t", "{'q': 'a&fixed=2#?=\\u0000 é+%26'}");
        String encoded = "a%26fixed%3D2%23%3F%3D%00%20%C3%A9%2B%2526";
        assertThat(site.last().target()).isEqualTo("/find?q=" + encoded + "&fixed=1&again=" + encoded);
        assertThat(site.last().body()).isEqualTo("q=" + encoded.replace("%20", "+") + "&n=1");
        assertThat(site.last().headers()).containsEntry("content-type", "application/x-www-form-urlencoded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\r\\nX-Evil: 1", "a\\nb", "a\\u0000", "a\\u0085b", "ü", "a\\tb"})
    void anInputCannotBecomeAnotherHeader(String value) {
        site.says("/", 200, "application/json", "{}");
        KindFixture file = load(tool("v: {type: string}", "url: \"SITE/\"\n      headers: {X-Value: \"is ${v}\"}"));
        CodedException failure = file.failure("t", "{'v': '" + value + "'}");
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(failure).hasMessageContaining("header X-Value");
        assertThat(site.asked()).isEmpty();
    }

    @Test
    void aSecretOfSeveralLinesIsNoHeaderAndIsNotTold() {
        KindFixture file = load(tool("", "url: \"SITE/\"\n      headers: {X-Value: \"${env.BROKEN}\"}"));
        assertThat(file.failure("t", "{}"))
                .hasMessageContaining("secret in the header")
                .hasMessageNotContaining("two");
    }

    @Test
    void aBodyIsJsonWithTheTypesOfTheInputs() {
        site.says("/", 201, "application/json", "{\"id\": 7}");
        KindFixture file = load(tool("""
                name: {type: string}
                      n: {type: integer}
                      tags: {type: array, items: {type: string}}
                      note: {type: string, required: false}""", """
                method: PATCH
                      url: "SITE/"
                      headers: {Content-Type: application/merge-patch+json}
                      body: {name: "${name}", greeting: "Hi ${name}", nested: {n: "${n}", tags: "${tags}"}, note: "${note}"}"""));
        assertThat(file.result("t", "{'name': '\\\"}, {\\\"x\\\": \\\"${env.TOKEN}', 'n': 3, 'tags': ['a']}"))
                .hasToString("{\"id\":7}");
        assertThat(site.last().body())
                .isEqualTo(
                        "{\"name\":\"\\\"}, {\\\"x\\\": \\\"${env.TOKEN}\",\"greeting\":\"Hi \\\"}, {\\\"x\\\": \\\"${env.TOKEN}\","
                                + "\"nested\":{\"n\":3,\"tags\":[\"a\"]}}");
        assertThat(site.last().headers()).containsEntry("content-type", "application/merge-patch+json");
        assertThat(site.last().method()).isEqualTo("PATCH");
    }

    @Test
    void aTextIsSentAsItIs() {
        site.says("/", 200, "application/json", "{}");
        KindFixture file = load(tool(
                "v: {type: string}",
                "method: PUT\n      url: \"SITE/\"\n      text: \"a,${v}\"\n      content_type: text/csv"));
        file.result("t", "{'v': 'ü'}");
        assertThat(site.last().body()).isEqualTo("a,ü");
        assertThat(site.last().headers()).containsEntry("content-type", "text/csv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2]              |                                  | {\"items\":[1,2]}",
                "3                  |                                  | {\"value\":3}",
                "\"a\"              |                                  | {\"value\":\"a\"}",
                "null               |                                  | {\"value\":null}",
                "{\"a\":{\"b\":1}}  | result: \"$.a\"                  | {\"b\":1}",
                "{\"a\":{\"b\":1}}  | result: \"$.a.b\"                | {\"value\":1}",
                "{\"a\":[{\"b\":1},{\"b\":2}]} | result: \"$.a[*].b\"  | {\"items\":[1,2]}",
                "{\"a\":[{\"b\":1},{\"b\":2}]} | result: \"$.a[?(@.b > 1)]\" | {\"items\":[{\"b\":2}]}",
                "{\"a\":1,\"c\":2}  | result: {x: \"$.a\", y: \"$.b\"} | {\"x\":1}",
                "{\"a\":1}          | {result: \"$.b\", empty: {items: []}} | {\"items\":[]}"
            })
    void aResultIsAnObject(String answer, String response, String result) {
        site.says("/", 200, "application/json", answer);
        String rules = response == null ? "{}" : response.startsWith("{") ? response : "{" + response + "}";
        assertThat(load(tool("", "url: \"SITE/\"\n      response: " + rules)).result("t", "{}"))
                .hasToString(result);
    }

    @Test
    void aResultThatIsNotThereIsAFailure() {
        site.says("/", 200, "application/json", "{\"a\": 1}");
        assertThat(load(tool("", "url: \"SITE/\"\n      response: {result: \"$.b\"}"))
                        .failure("t", "{}"))
                .hasMessage("t: " + site.authority() + " answered without what the tool looks for (response.result).");
    }

    @Test
    void statusesThatMeanNothingAreEmpty() {
        site.says("/gone", 404, "application/json", "{\"error\": \"gone\"}")
                .says("/204", 204, "", "")
                .says("/head", 200, "application/json", "{\"a\": 1}");
        assertThat(load(tool("", "url: \"SITE/gone\"\n      response: {empty_on: [404], empty: {found: false}}"))
                        .result("t", "{}"))
                .hasToString("{\"found\":false}");
        assertThat(load(tool("", "method: DELETE\n      url: \"SITE/204\"")).result("t", "{}"))
                .hasToString("{}");
        assertThat(load(tool("", "method: HEAD\n      url: \"SITE/head\"")).result("t", "{}"))
                .hasToString("{}");
    }

    @Test
    void aStatusCanBeDeclaredASuccess() {
        site.says("/", 404, "application/json", "{\"found\": false}").redirects("/moved", 302, "/");
        assertThat(load(tool("", "url: \"SITE/x\"\n      response: {ok: [200, 404]}"))
                        .result("t", "{}"))
                .hasToString("{\"found\":false}");
        assertThat(load(tool("", "url: \"SITE/moved\"\n      response: {ok: [302]}"))
                        .result("t", "{}"))
                .hasToString("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, json, answered text/html where JSON is expected",
        "image/png, text, 'answered image/png, which is not a text'",
        "image/png, auto, 'answered image/png, which is not a text'",
        "application/octet-stream, json, answered application/octet-stream where JSON is expected",
        "application/json, json, answered what is not JSON",
        "text/plain; charset=no-such, text, in a charset that is not known here",
        "text/plain; charset=us-ascii, text, not a text in US-ASCII"
    })
    void anAnswerOfTheWrongTypeIsAFailureThatSaysSo(String type, String format, String words) {
        site.says("/", 200, type, "<html>ü</html>");
        CodedException failure = load(tool("", "url: \"SITE/\"\n      response: {format: " + format + "}"))
                .failure("t", "{}");
        assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(failure).hasMessageContaining("t: " + site.authority()).hasMessageContaining(words);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        site.at("/", exchange -> TestSite.send(exchange, 200, "text/plain", new byte[] {'a', 0, 'b'}));
        assertThat(load(tool("", "url: \"SITE/\"\n      response: {format: text}"))
                        .failure("t", "{}"))
                .hasMessageContaining("not a text");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=ISO-8859-1, ISO-8859-1, text",
        "text/plain; charset=\"utf-16\", UTF-16, text",
        "text/html, UTF-8, auto",
        "application/json, UTF-8, text",
        "text/plain; charset=windows-1252, windows-1252, auto"
    })
    void aTextIsReadInItsCharset(String type, String charset, String format) {
        site.at(
                "/",
                exchange -> TestSite.send(
                        exchange,
                        200,
                        type,
                        "Grüße €"
                                .replace("€", charset.equals("ISO-8859-1") ? "¤" : "€")
                                .getBytes(Charset.forName(charset))));
        assertThat(load(tool("", "url: \"SITE/\"\n      response: {format: " + format + "}"))
                        .text("t", "{}"))
                .startsWith("Grüße ");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json; charset=ISO-8859-1, ISO-8859-1",
        "application/json, UTF-16BE",
        "application/problem+json, UTF-8",
        "'', UTF-8"
    })
    void jsonIsReadInItsCharset(String type, String charset) {
        site.at(
                "/",
                exchange -> TestSite.send(exchange, 200, type, "{\"a\": \"ü\"}".getBytes(Charset.forName(charset))));
        assertThat(load(tool("", "url: \"SITE/\"")).result("t", "{}").path("a").asText())
                .isEqualTo("ü");
    }

    @Test
    void jsonThatIsTooDeepIsRefused() {
        site.says("/", 200, "application/json", "[".repeat(100_000));
        assertThat(load(tool("", "url: \"SITE/\"")).failure("t", "{}").code()).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT",
        "401, UNSUPPORTED",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE"
    })
    void aFailureSaysStatusAndReasonAndNoSecret(int status, ErrorCode code) {
        site.at(
                "/",
                exchange -> TestSite.send(
                        exchange,
                        status,
                        "application/json",
                        "{\"error\": {\"message\": \"no luck\\r\\nwith %s and %s\"}}"
                                .formatted(
                                        exchange.getRequestHeaders().getFirst("Authorization"),
                                        exchange.getRequestURI().getRawQuery())
                                .getBytes(StandardCharsets.UTF_8)));
        CodedException failure = load(tool("", """
                url: "SITE/x"
                      query: {key: "${env.TOKEN}"}
                      headers: {Authorization: "Bearer ${env.TOKEN}"}""")).failure("t", "{}");
        assertThat(failure)
                .hasMessage(
                        "t: %s answered %d: no luck with Bearer *** and key=***.".formatted(site.authority(), status));
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void theReasonOfAFailureIsShortAndNoPage() {
        site.says("/page", 500, "text/html", "<h1>Stack trace</h1>")
                .says("/long", 500, "text/plain", "x".repeat(5_000));
        assertThat(load(tool("", "url: \"SITE/page\"")).failure("t", "{}"))
                .hasMessage("t: " + site.authority() + " answered 500.");
        assertThat(load(tool("", "url: \"SITE/long\"")).failure("t", "{}").getMessage())
                .hasSizeLessThan(400);
    }

    @Test
    void aRequestThatMayBeRepeatedIsRepeated() {
        failing(2);
        assertThat(load(tool("", "url: \"SITE/\"\n      retries: {count: 2}")).result("t", "{}"))
                .hasToString("{\"done\":3}");
        assertThat(site.asked()).hasSize(3);
    }

    @Test
    void aRequestIsNotRepeatedMoreOftenThanItSaysNorForOtherStatuses() {
        failing(5);
        assertThat(load(tool("", "url: \"SITE/\"\n      retries: {count: 1}")).failure("t", "{}"))
                .hasMessageContaining("answered 503");
        assertThat(site.asked()).hasSize(2);
        load(tool("", "url: \"SITE/\"\n      retries: {count: 1, on: [429]}")).failure("t", "{}");
        assertThat(site.asked()).hasSize(3);
    }

    @Test
    void aRequestThatMayNotBeRepeatedIsNotUnlessItSaysSo() {
        failing(1);
        load(tool("", "method: POST\n      url: \"SITE/\"\n      retries: {count: 2}"))
                .failure("t", "{}");
        assertThat(site.asked()).hasSize(1);
        failing(1);
        load(tool("", "method: POST\n      url: \"SITE/\"\n      retries: {count: 2, always: true}"))
                .result("t", "{}");
    }

    @Test
    void aServerThatAsksForMoreTimeThanThereIsIsNotAskedAgain() {
        site.at("/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            TestSite.send(exchange, 429, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        });
        CodedException failure =
                load(tool("", "url: \"SITE/\"\n      retries: {count: 2}")).failure("t", "{}");
        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(site.asked()).hasSize(1);
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() throws Exception {
        AtomicInteger times = new AtomicInteger();
        try (RawSite flaky = new RawSite(socket -> {
            if (times.incrementAndGet() > 1) {
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            assertThat(load(tool("", "url: \"" + flaky.url("/") + "\"\n      retries: {count: 1}"))
                            .result("t", "{}"))
                    .hasToString("{}");
            times.set(0);
            CodedException failure = load(tool(
                            "", "method: POST\n      url: \"" + flaky.url("/") + "\"\n      retries: {count: 1}"))
                    .failure("t", "{}");
            assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsRefusedAlsoWhenItIsPacked() throws Exception {
        byte[] packed = gzip(new byte[10_000_000]);
        site.says("/plain", 200, "text/plain", "x".repeat(2_001)).at("/packed", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            TestSite.send(exchange, 200, "text/plain", packed);
        });
        for (String path : List.of("/plain", "/packed")) {
            CodedException failure = load(tool(
                            "", "url: \"SITE" + path + "\"\n      max_bytes: 2kB\n      response: {format: text}"))
                    .failure("t", "{}");
            assertThat(failure.code()).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(failure).hasMessageContaining("http.max_bytes");
        }
    }

    @Test
    void aServerThatIsTooSlowIsGivenUp() throws Exception {
        try (RawSite silent = RawSite.saying("")) {
            String limit = "\"\n      timeout: 0.2";
            assertThat(load(tool("", "url: \"" + silent.url("/") + limit))
                            .failure("t", "{}")
                            .code())
                    .isEqualTo(ErrorCode.TIMEOUT);
            assertThat(load(tool("", "method: POST\n      url: \"" + silent.url("/") + limit))
                            .failure("t", "{}")
                            .code())
                    .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        }
    }

    @Test
    void theConnectionIsClosedWhenTheCallIsOver() throws Exception {
        try (RawSite silent = RawSite.saying("")) {
            KindFixture file = load(
                    tool("", "url: \"" + silent.url("/") + "\"").replace("    http:", "    timeout: 3\n    http:"));
            assertThat(file.failure("t", "{}").code()).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(silent.sawClientLeave()).isTrue();
        }
    }

    @Test
    void aHostThatIsFilledInMustBeAllowed() {
        site.says("/", 200, "application/json", "{}");
        KindFixture file = load(tool("host: {type: string}", "url: \"http://${host}/x\""));
        assertThat(file.result("t", "{'host': '" + site.authority() + "'}")).hasToString("{}");
        for (String host : List.of("93.184.215.14", "example.com", "user@127.0.0.1", "127.0.0.1/x", "2130706433", "")) {
            assertThat(file.failure("t", "{'host': '" + host + "'}").code()).isEqualTo(ErrorCode.UNSUPPORTED);
        }
        assertThat(site.asked()).hasSize(1);
    }

    @Test
    void theBeginningOfAnAddressCanBeASecret() {
        site.says("/", 200, "application/json", "{}");
        KindFixture file = load(tool("", "url: \"${env.BASE}/v1/x\""));
        file.result("t", "{}");
        assertThat(site.last().target()).isEqualTo("/base/v1/x");
        allow("other.example.com");
        assertThat(file.failure("t", "{}"))
                .hasMessageContaining("tools.allowed_hosts")
                .hasMessageNotContaining("base");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/refused | t: its server answered 403: not on ***, not on ***.",
                "/page    | t: its server answered text/html where JSON is expected.",
                "/large   | t: its server answered more than http.max_bytes allows (1,000); ask for less.",
                "/nothing | t: its server answered without what the tool looks for (response.result).",
                "/moved   | t: its server redirects to another server, which the operator would have to list in tools.allowed_hosts."
            })
    void aServerThatIsASecretIsNotNamed(String path, String message) {
        site.says("/base/v1/refused", 403, "text/plain", "not on %s, not on 127.0.0.1".formatted(site.authority()))
                .says("/base/v1/page", 200, "text/html", "x")
                .says("/base/v1/large", 200, "application/json", "x".repeat(1_001))
                .says("/base/v1/nothing", 200, "application/json", "{}")
                .at("/base/v1/moved", exchange -> {
                    exchange.getResponseHeaders().set("Location", "http://other.example.com/");
                    TestSite.send(exchange, 302, "text/plain", new byte[0]);
                });
        String http = """
                url: "BASE/v1PATH"
                      max_bytes: 1kB
                      response: {result: $.a}""".replace("PATH", path);
        assertThat(load(tool("", http.replace("BASE", "${env.BASE}"))).failure("t", "{}"))
                .hasMessage(message);
        surroundings.secret("env.HOST", site.authority());
        assertThat(load(tool("", http.replace("BASE", "http://${env.HOST}/base")))
                        .failure("t", "{}"))
                .hasMessageStartingWith("t: its server ");
        assertThat(load(tool("host: {from: env.HOST}", http.replace("BASE", "http://${host}/base")))
                        .failure("t", "{}"))
                .hasMessageStartingWith("t: its server ");
    }

    @Test
    void aServerThatIsASecretIsNotNamedWhereItIsNotReached() {
        surroundings.secret("env.BASE", "http://127.0.0.1:1/");
        assertThat(load(tool("", "url: \"${env.BASE}/x\"")).failure("t", "{}"))
                .hasMessageStartingWith("t: its server ")
                .hasMessageNotContaining("127.0.0.1");
    }

    @Test
    void aSecretIsBlackedOutAlsoAsJsonWritesItAndWhereAnInputIsOne() {
        surroundings.secret("env.QUOTED", "a\"b\\c/d");
        site.says("/x", 400, "text/plain", "got a\"b\\c/d, a\\\"b\\\\c/d, a\\\"b\\\\c\\/d and s3cret-t0ken");
        assertThat(load(tool("key: {from: env.TOKEN}", """
                url: "SITE/x"
                      headers: {X-Key: "${key}", X-Other: "${env.QUOTED}"}""")).failure("t", "{}"))
                .hasMessage("t: %s answered 400: got ***, ***, *** and ***.".formatted(site.authority()));
    }

    @Test
    void aContentTypeThatIsNoneIsTheFaultOfTheInput() {
        site.says("/", 200, "application/json", "{}");
        KindFixture file = load(tool("type: {type: string}", """
                method: POST
                      url: "SITE/x"
                      headers: {Content-Type: "${type}"}
                      text: sent"""));
        for (String type :
                List.of(",", "", "x", "text/", "text/plain; charset", "text/plain;;", "a/" + "b".repeat(300))) {
            assertThat(file.failure("t", "{'type': '" + type + "'}"))
                    .as(type)
                    .hasMessageContaining("type must be a media type such as application/json")
                    .extracting("code")
                    .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
        assertThat(site.asked()).isEmpty();
        file.result("t", "{'type': 'text/plain; charset=of-mine'}");
        assertThat(site.last().headers()).containsEntry("content-type", "text/plain; charset=of-mine");
    }

    @Test
    @LiveKey("tools.allowed_hosts")
    void aPrivateAddressIsReachedOnlyWhileItIsAllowed() {
        site.says("/", 200, "application/json", "{}");
        KindFixture file = load(tool("", "url: \"SITE/\""));
        file.result("t", "{}");
        allow();
        CodedException failure = file.failure("t", "{}");
        assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(failure)
                .hasMessage(
                        "t: %s is not reached because 127.0.0.1 is this machine itself; the operator can list %s in"
                                + " tools.allowed_hosts.",
                        site.authority(), site.authority());
        allow(site.authority());
        file.result("t", "{}");
        assertThat(site.asked()).hasSize(2);
    }

    @Test
    void toolsThatOnlyReadSaySo() {
        assertThat(load(tool("", "url: \"SITE/\"")).tool("t").hints().readOnly())
                .isTrue();
        assertThat(load(tool("", "url: \"SITE/\"")).tool("t").hints().openWorld())
                .isTrue();
        assertThat(load(tool("", "method: DELETE\n      url: \"SITE/\""))
                        .tool("t")
                        .hints()
                        .readOnly())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url: \"ftp://a/\"                                  | must begin with http:// or https://",
                "url: \"${v}/x\"                                    | must begin with http:// or https://",
                "url: \"/x\"                                        | must begin with http:// or https://",
                "url: \"http:///x\"                                 | has no host",
                "url: \"http://u:p@a/x\"                            | with a user's name",
                "url: \"http://0x7f.1/x\"                           | four decimal numbers",
                "url: \"http://a:99999/x\"                          | a port that does not exist",
                "url: \"http://a/x#y\"                              | must not have a # part",
                "url: \"http://a/{v}\"                              | write ${NAME} for an input",
                "url: \"http://a/b c\"                              | has a blank",
                "url: \"${env.BASE}${v}\"                           | must go on with a slash",
                "url: \"http://a/${w}\"                             | is no input of this tool",
                "{url: \"http://a/\", headers: {Host: b}}           | is set by the server itself",
                "{url: \"http://a/\", headers: {Transfer-Encoding: chunked}} | is set by the server itself",
                "{url: \"http://a/\", headers: {\"A b\": c}}        | its name has letters",
                "{url: \"http://a/\", headers: {A: b, a: c}}        | stands already in other letters",
                "{url: \"http://a/\", body: {}}                     | cannot be sent with GET",
                "{url: \"http://a/\", method: POST, body: {}, form: {a: b}} | cannot stand beside body",
                "{url: \"http://a/\", method: TRACE}                | must be one of GET",
                "{url: \"http://a/\", response: {result: \"a.b\"}}  | must be a JSONPath",
                "{url: \"http://a/\", response: {result: \"$.a[?(@.b\"}} | is not a JSONPath",
                "{url: \"http://a/\", response: {result: \"$.a\", format: text}} | needs format: json",
                "{url: \"http://a/\", max_bytes: 1TB}               | a size from 1kB to 50MB",
                "{url: \"http://a/\", redirects: 99}                | must be at most 10",
                "{url: \"http://a/\", proxy: b}                     | unknown key"
            })
    void whatIsWrongInAFileIsToldWhenItIsRead(String http, String words) {
        KindFixture file =
                KindFixture.load(tool("v: {type: string}", http).replace("http:\n      {", "http: {"), surroundings);
        assertThat(file.faults()).isNotEmpty().anySatisfy(fault -> assertThat(fault)
                .contains(words));
    }

    private void failing(int times) {
        AtomicInteger asked = new AtomicInteger();
        TestSite.Page page = exchange -> TestSite.send(
                exchange,
                asked.incrementAndGet() > times ? 200 : 503,
                "application/json",
                ("{\"done\": " + asked.get() + "}").getBytes(StandardCharsets.UTF_8));
        site.replace("/", page);
    }

    private KindFixture path() {
        return load("""
                tools:
                  - name: item
                    description: One item.
                    input: {id: {type: string}}
                    http: {url: "SITE/v1/items/${id}/details"}
                """);
    }

    private static String tool(String inputs, String http) {
        String given = inputs.isEmpty() ? "" : "\n    input:\n      " + inputs;
        return "tools:\n  - name: t\n    description: A tool." + given + "\n    http:\n      " + http + "\n";
    }

    private KindFixture load(String yaml) {
        KindFixture file = KindFixture.load(yaml.replace("SITE", site.url("")), surroundings);
        assertThat(file.faults()).isEmpty();
        return file;
    }

    private void allow(String... hosts) {
        surroundings.config(TestConfigs.with(surroundings.config(), "tools.allowed_hosts=" + String.join(",", hosts)));
    }

    private static byte[] gzip(byte[] plain) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
