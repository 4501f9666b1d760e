package io.mcpserver.tool.declarative.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcpserver.tool.declarative.http.client.FetchException.Kind;
import io.mcpserver.tool.declarative.http.client.WebRequest.Content;
import io.mcpserver.tool.declarative.http.client.WebRequest.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebClientTest {

    private final TestSite site = TestSite.open();
    private final WebClient client = new WebClient();

    @AfterEach
    void close() {
        client.close();
        site.close();
    }

    @Test
    void aConnectionIsKeptForTheNextRequest() throws Exception {
        site.says("/", 200, "text/plain", "hello");
        for (int i = 0; i < 20; i++) {
            assertThat(text(get(site.url("/")))).isEqualTo("hello");
        }
        assertThat(site.connections()).isEqualTo(1);
    }

    @Test
    void fiftyCallsAtOnceShareTheConnectionsOfOneHost() throws Exception {
        CountDownLatch enough = new CountDownLatch(HttpPool.PER_HOST);
        site.at("/", exchange -> {
            enough.countDown();
            await(enough);
            TestSite.send(exchange, 200, "text/plain", "done".getBytes(StandardCharsets.UTF_8));
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(callers.submit(() -> get(site.url("/"))));
            }
            for (Future<Answer> answer : answers) {
                assertThat(text(answer.get())).isEqualTo("done");
            }
        }
        assertThat(site.asked()).hasSize(50);
        assertThat(site.connections()).isEqualTo(HttpPool.PER_HOST);
    }

    @Test
    void theServerSeesThePathAsItWasGiven() throws Exception {
        site.says("/", 200, "text/plain", "");
        get(site.url("//a%2Fb/%2e%2e/c%20d?q=%26&q=%C3%A9"));
        assertThat(site.last().target()).isEqualTo("//a%2Fb/%2e%2e/c%20d?q=%26&q=%C3%A9");
        assertThat(site.last().headers())
                .containsEntry("host", site.authority())
                .doesNotContainKeys("upgrade", "cookie", "expect");
    }

    @ParameterizedTest
    @CsvSource({
        "301, POST, GET",
        "302, POST, GET",
        "303, POST, GET",
        "303, PUT, GET",
        "307, POST, POST",
        "308, PUT, PUT",
        "301, PUT, PUT",
        "302, HEAD, HEAD",
        "303, HEAD, HEAD"
    })
    void aRedirectIsFollowedByTheRulesOfItsStatus(int status, String method, String then) throws Exception {
        site.redirects("/from", status, "../to?x=1#part").says("/to", 200, "text/plain", "there");
        Optional<Content> content = method.equals("HEAD")
                ? Optional.empty()
                : Optional.of(new Content("sent".getBytes(StandardCharsets.UTF_8), "text/plain"));
        Answer answer = client.ask(
                new WebRequest(method, WebAddress.of(site.url("/from")), List.of(new Header("X-Key", "k")), content),
                bounds(3, 1_000));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(site.last().method()).isEqualTo(then);
        assertThat(site.last().target()).isEqualTo("/to?x=1");
        assertThat(site.last().headers()).containsEntry("x-key", "k");
        assertThat(site.last().body()).isEqualTo(then.equals(method) && content.isPresent() ? "sent" : "");
    }

    @Test
    void aLoopOfRedirectsEnds() {
        site.redirects("/a", 302, "/b").redirects("/b", 302, "/a");
        assertRefused(site.url("/a"), 3, "redirects more than 3 times");
        assertThat(site.asked()).hasSize(4);
    }

    @Test
    void aToolCanForbidRedirects() {
        site.redirects("/a", 302, "/b");
        assertRefused(site.url("/a"), 0, "which this tool does not follow");
    }

    @Test
    void anotherServerIsFollowedOnlyIfItIsAllowedAndLearnsNoSecrets() throws Exception {
        try (TestSite other = TestSite.open().says("/", 200, "text/plain", "other")) {
            site.redirects("/a", 302, other.url("/landed"));
            WebRequest request = new WebRequest(
                    "GET",
                    WebAddress.of(site.url("/a")),
                    List.of(
                            new Header("Authorization", "Bearer s"),
                            new Header("Cookie", "c=1"),
                            new Header("X-Api-Key", "s"),
                            new Header("Accept", "text/plain")),
                    Optional.empty());
            assertThatExceptionOfType(FetchException.class)
                    .isThrownBy(() -> client.ask(request, bounds(3, 1_000, site.authority())))
                    .withMessageContaining("redirects to " + other.url(""));
            assertThat(other.asked()).isEmpty();

            assertThat(text(client.ask(request, bounds(3, 1_000)))).isEqualTo("other");
            assertThat(other.last().headers())
                    .containsEntry("accept", "text/plain")
                    .doesNotContainKeys("authorization", "cookie", "x-api-key");
        }
    }

    @Test
    void contentIsNotSentToAnotherServer() {
        try (TestSite other = TestSite.open().says("/", 200, "text/plain", "other")) {
            site.redirects("/a", 307, other.url("/"));
            assertThatExceptionOfType(FetchException.class)
                    .isThrownBy(() -> client.ask(post(site.url("/a")), bounds(3, 1_000)))
                    .withMessageContaining("where the content of the request is not sent");
            assertThat(other.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://[::ffff:10.0.0.1]/",
                "http://2130706433/",
                "//10.0.0.1/",
                "http://user:pw@127.0.0.1/",
                "file:///etc/passwd",
                "gopher://127.0.0.1/",
                "ftp://a/",
                "javascript:alert(1)",
                "http:///x",
                "http://",
                "\\\\10.0.0.1\\x",
                "http://a\\@10.0.0.1/"
            })
    void aRedirectLeadsNowhereElse(String location) {
        site.redirects("/a", 302, location);
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(
                        () -> client.ask(request("GET", site.url("/a")), bounds(3, 1_000, site.authority(), "*.test")))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN));
        assertThat(site.asked()).hasSize(1);
    }

    @Test
    void aRedirectToAnAllowedPatternDoesNotOpenPrivateAddresses() throws Exception {
        try (WebClient resolving =
                new WebClient(name -> List.of(InetAddress.ofLiteral("10.0.0.1")), SSLContext.getDefault())) {
            site.redirects("/a", 302, "http://inside.example.com/");
            assertThatExceptionOfType(FetchException.class)
                    .isThrownBy(() -> resolving.ask(
                            request("GET", site.url("/a")), bounds(3, 1_000, site.authority(), "*.example.com")))
                    .withMessageContaining("10.0.0.1 is a private address");
        }
    }

    @Test
    void aNameIsResolvedOnceForEachRequestAndCheckedEachTime() throws Exception {
        site.says("/", 200, "text/plain", "hello");
        AtomicInteger asked = new AtomicInteger();
        NameResolver rebinding =
                name -> List.of(InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2"));
        try (WebClient resolving = new WebClient(rebinding, SSLContext.getDefault())) {
            WebRequest request = request("GET", "http://rebinding.test:" + site.port() + "/");
            assertThat(text(resolving.ask(request, bounds(0, 1_000, "127.0.0.1"))))
                    .isEqualTo("hello");
            assertThat(asked).hasValue(1);
            assertThat(site.last().headers()).containsEntry("host", "rebinding.test:" + site.port());

            assertThatExceptionOfType(FetchException.class)
                    .isThrownBy(() -> resolving.ask(request, bounds(0, 1_000, "127.0.0.1")))
                    .withMessageContaining("127.0.0.2 is this machine itself");
            assertThat(site.asked()).hasSize(1);
        }
    }

    @Test
    void aConnectionIsNotReusedOnceItsAddressIsNotAllowedAnyMore() throws Exception {
        site.says("/", 200, "text/plain", "hello");
        get(site.url("/"));
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> client.ask(request("GET", site.url("/")), bounds(0, 1_000, "127.0.0.2")));
        assertThat(site.asked()).hasSize(1);
    }

    @Test
    void theNextAddressIsTriedIfOneRefusesTheConnection() throws Exception {
        site.says("/", 200, "text/plain", "hello");
        NameResolver two = name -> List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1"));
        try (WebClient resolving = new WebClient(two, SSLContext.getDefault())) {
            WebRequest request = request("GET", "http://two.test:" + site.port() + "/");
            assertThat(text(resolving.ask(request, bounds(0, 1_000, "two.test"))))
                    .isEqualTo("hello");
        }
    }

    @Test
    void tlsIsHeldAgainstTheNameNotTheAddress(@TempDir Path folder) throws Exception {
        SSLContext identity = new TestIdentity(folder, "api.test").context();
        NameResolver loopback = name -> List.of(InetAddress.ofLiteral("127.0.0.1"));
        try (TestSite secure = TestSite.openSecure(identity).says("/", 200, "text/plain", "hello");
                WebClient trusting = new WebClient(loopback, identity);
                WebClient usual = new WebClient(loopback, SSLContext.getDefault())) {
            WebRequest right = request("GET", "https://api.test:" + secure.port() + "/");
            WebRequest wrong = request("GET", "https://other.test:" + secure.port() + "/");
            assertThat(text(trusting.ask(right, bounds(0, 1_000)))).isEqualTo("hello");
            assertThat(kind(() -> trusting.ask(wrong, bounds(0, 1_000)))).isEqualTo(Kind.UNREADABLE);
            assertThat(kind(() -> usual.ask(right, bounds(0, 1_000)))).isEqualTo(Kind.UNREADABLE);
        }
    }

    @Test
    void aRedirectFromHttpsToHttpIsRefused(@TempDir Path folder) throws Exception {
        SSLContext identity = new TestIdentity(folder, "api.test").context();
        try (TestSite secure = TestSite.openSecure(identity).redirects("/", 302, site.url("/plain"));
                WebClient trusting = new WebClient(name -> List.of(InetAddress.ofLiteral("127.0.0.1")), identity)) {
            assertThatExceptionOfType(FetchException.class)
                    .isThrownBy(() ->
                            trusting.ask(request("GET", "https://api.test:" + secure.port() + "/"), bounds(3, 1_000)))
                    .withMessageContaining("from https to http");
            assertThat(site.asked()).isEmpty();
        }
    }

    @Test
    void anEndlessAnswerIsReadUpToTheLimitAndTheConnectionClosed() throws Exception {
        try (RawSite endless = new RawSite(socket -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[8192]);
            }
        })) {
            Answer answer = client.ask(request("GET", endless.url("/")), bounds(0, 10_000));
            assertThat(answer.whole()).isFalse();
            assertThat(answer.body()).hasSize(10_000);
            assertThat(endless.sawClientLeave()).isTrue();
        }
    }

    @Test
    void aBombOfGzipIsUnpackedUpToTheLimit() throws Exception {
        byte[] bomb = gzip(new byte[50_000_000]);
        assertThat(bomb.length).isLessThan(100_000);
        site.at("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            TestSite.send(exchange, 200, "application/json", bomb);
        });
        Answer answer = get(site.url("/"));
        assertThat(answer.whole()).isFalse();
        assertThat(answer.body()).hasSize(100_000);
    }

    @Test
    void gzipIsUnpackedAndAnswersOfExactlyTheLimitAreWhole() throws Exception {
        site.at("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            TestSite.send(exchange, 200, "text/plain", gzip("x".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        });
        Answer answer = get(site.url("/"));
        assertThat(answer.whole()).isTrue();
        assertThat(answer.body()).hasSize(100_000);
        assertThat(site.last().headers()).containsEntry("accept-encoding", "gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip, gzip", "deflate"})
    void aPackingThatWasNotAskedForIsRefused(String packing) {
        site.at("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", packing);
            TestSite.send(exchange, 200, "text/plain", new byte[] {1, 2, 3});
        });
        assertThat(kind(() -> get(site.url("/")))).isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void damagedGzipIsRefused() {
        site.at("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            TestSite.send(exchange, 200, "text/plain", "not gzip".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(kind(() -> get(site.url("/")))).isEqualTo(Kind.UNREADABLE);
    }

    @Test
    void aServerThatDripsIsGivenUpInTimeAndTheConnectionClosed() throws Exception {
        try (RawSite slow = new RawSite(socket -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            drip(out);
        })) {
            assertThat(kind(() -> client.ask(request("GET", slow.url("/")), bounds(Duration.ofMillis(300)))))
                    .isEqualTo(Kind.LATE);
            assertThat(slow.sawClientLeave()).isTrue();
        }
    }

    @Test
    void aServerThatDripsItsHeadersIsGivenUpToo() throws Exception {
        try (RawSite slow = new RawSite(socket -> drip(socket.getOutputStream()))) {
            assertThat(kind(() -> client.ask(request("GET", slow.url("/")), bounds(Duration.ofMillis(300)))))
                    .isEqualTo(Kind.LATE);
            assertThat(slow.sawClientLeave()).isTrue();
        }
    }

    @Test
    void anInterruptedCallerClosesTheConnection() throws Exception {
        try (RawSite silent = RawSite.saying("")) {
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    get(silent.url("/"));
                } catch (InterruptedException e) {
                    interrupted.countDown();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            silent.awaitRequest();
            caller.interrupt();
            await(interrupted);
            assertThat(silent.sawClientLeave()).isTrue();
        }
    }

    @Test
    void aConnectionThatIsResetIsTold() throws Exception {
        try (RawSite resetting = new RawSite(socket -> socket.setSoLinger(true, 0))) {
            assertThat(kind(() -> get(resetting.url("/")))).isEqualTo(Kind.BROKEN);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsTold() throws Exception {
        try (RawSite breaking = new RawSite(socket -> socket.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII)))) {
            assertThat(kind(() -> get(breaking.url("/")))).isEqualTo(Kind.BROKEN);
        }
    }

    @Test
    void nobodyThereIsTold() throws IOException {
        String url;
        try (RawSite gone = RawSite.saying("")) {
            url = gone.url("/");
        }
        assertThat(kind(() -> get(url))).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void headersWithoutEndAreRefused() throws Exception {
        String line = "X-Filler: " + "x".repeat(20_000) + "\r\n";
        try (RawSite oneLong = RawSite.saying("HTTP/1.1 200 OK\r\n" + line + "\r\n");
                RawSite many = RawSite.saying("HTTP/1.1 200 OK\r\n" + "X-A: b\r\n".repeat(5_000) + "\r\n")) {
            assertThat(kind(() -> get(oneLong.url("/")))).isEqualTo(Kind.TOO_LARGE);
            assertThat(kind(() -> get(many.url("/")))).isEqualTo(Kind.TOO_LARGE);
        }
    }

    @Test
    void somethingThatIsNotHttpIsTold() throws Exception {
        try (RawSite other = new RawSite(socket ->
                socket.getOutputStream().write("220 mail.test ESMTP\r\n".getBytes(StandardCharsets.US_ASCII)))) {
            assertThat(kind(() -> get(other.url("/")))).isIn(Kind.UNREADABLE, Kind.BROKEN);
        }
    }

    @Test
    void cookiesAreNotKept() throws Exception {
        site.at("/", exchange -> {
            exchange.getResponseHeaders().set("Set-Cookie", "session=1");
            TestSite.send(exchange, 200, "text/plain", "x".getBytes(StandardCharsets.UTF_8));
        });
        get(site.url("/"));
        get(site.url("/"));
        assertThat(site.last().headers()).doesNotContainKey("cookie");
    }

    private Answer get(String url) throws FetchException, InterruptedException {
        return client.ask(request("GET", url), bounds(3, 100_000));
    }

    private void assertRefused(String url, int redirects, String words) {
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> client.ask(request("GET", url), bounds(redirects, 1_000)))
                .withMessageContaining(words);
    }

    private static Kind kind(Callable<?> call) {
        try {
            call.call();
        } catch (FetchException e) {
            return e.kind();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        throw new AssertionError("nothing was refused");
    }

    private static WebRequest request(String method, String url) throws FetchException {
        return new WebRequest(method, WebAddress.of(url), List.of(), Optional.empty());
    }

    private static WebRequest post(String url) throws FetchException {
        Content content = new Content("sent".getBytes(StandardCharsets.UTF_8), "text/plain");
        return new WebRequest("POST", WebAddress.of(url), List.of(), Optional.of(content));
    }

    private static WebClient.Bounds bounds(int redirects, int mostBytes, String... allowed) {
        List<String> hosts = allowed.length == 0 ? List.of("127.0.0.1") : List.of(allowed);
        return new WebClient.Bounds(
                AllowedHosts.of(hosts), redirects, mostBytes, Set.of(), TimeLeft.of(Duration.ofSeconds(30)));
    }

    private static WebClient.Bounds bounds(Duration time) {
        return new WebClient.Bounds(AllowedHosts.of(List.of("127.0.0.1")), 0, 100_000, Set.of(), TimeLeft.of(time));
    }

    private static void drip(OutputStream out) throws IOException {
        while (true) {
            out.write('x');
            out.flush();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
