package io.mcpserver.mcp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.LoopbackServer;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenCallsTest {

    @AutoClose
    private final LoopbackServer loopback = new LoopbackServer();

    private final BlockingQueue<RoutingContext> handed = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private OpenCalls calls;
    private URI server;

    @BeforeEach
    void aServerThatNeverAnswersByItself() {
        calls = new OpenCalls(() -> Duration.ofMinutes(5), loopback.vertx());
        server = loopback.serve(router -> {
            router.route().handler(http -> {
                if (calls.enter(http, 7)) {
                    handed.add(http);
                } else {
                    Replies.refuseWhileEnding(http);
                }
            });
        });
    }

    @Test
    void drainingWaitsForTheAnswerAndLetsNoMoreIn() throws Exception {
        CompletableFuture<Reply> inFlight = send();
        RoutingContext call = handed.take();

        CompletableFuture<Integer> drained =
                CompletableFuture.supplyAsync(() -> drain(Duration.ofSeconds(20)), threads);
        Awaitility.await().until(calls::closed);
        assertThat(RawHttp.get(server, "/").send().status()).isEqualTo(503);
        assertThat(drained).isNotDone();
        call.response().end("answered");

        assertThat(drained.get()).isZero();
        assertThat(inFlight.get().body()).isEqualTo("answered");
    }

    @Test
    void drainingEndsAtItsLimit() throws Exception {
        CompletableFuture<Reply> inFlight = send();
        RoutingContext call = handed.take();

        assertThat(drain(Duration.ofMillis(50))).isEqualTo(1);

        call.response().end();
        assertThat(inFlight.get().status()).isEqualTo(200);
    }

    @Test
    void aCallThatIsNeverAnsweredIsGivenUp() throws Exception {
        calls = new OpenCalls(() -> Duration.ofMillis(1), loopback.vertx());

        Reply reply = send().get();

        JsonObject answer = new JsonObject(reply.body());
        assertThat(answer.getInteger("id")).isEqualTo(7);
        assertThat(answer.getJsonObject("error").getString("message")).contains("not answered in time");
        Awaitility.await().until(() -> calls.count() == 0);
    }

    @Test
    void aCallWhoseToolMayTakeLongerIsNotGivenUpWithTheOthers() throws Exception {
        calls = new OpenCalls(() -> Duration.ofMillis(1), loopback.vertx());
        CompletableFuture<Reply> patient = send();
        RoutingContext call = handed.take();
        calls.mayTake(call, Duration.ofMinutes(5));

        // Of two that are given up one after the other, the second shows that the calls before it were looked at.
        assertThat(send().get().body()).contains("not answered in time");
        assertThat(send().get().body()).contains("not answered in time");

        call.response().end("answered");
        assertThat(patient.get().body()).isEqualTo("answered");
    }

    @Test
    void aCallWhoseClientHasGoneIsOver() throws Exception {
        try (Socket client = RawHttp.get(server, "/").open()) {
            handed.take();
            assertThat(calls.count()).isEqualTo(1);
            assertThat(client.isConnected()).isTrue();
        }
        Awaitility.await().until(() -> calls.count() == 0);
    }

    @Test
    void aCallThatWasOverBeforeItWasLetInIsNotKept() throws Exception {
        CompletableFuture<Reply> inFlight = send();
        RoutingContext call = handed.take();
        call.response().end();
        inFlight.get();
        Awaitility.await().until(() -> calls.count() == 0);

        calls.enter(call, 8);

        assertThat(calls.count()).isZero();
    }

    private CompletableFuture<Reply> send() {
        return CompletableFuture.supplyAsync(() -> RawHttp.get(server, "/").send(), threads);
    }

    private int drain(Duration limit) {
        try {
            return calls.drain(limit);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
