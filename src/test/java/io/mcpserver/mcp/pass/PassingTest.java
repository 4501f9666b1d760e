package io.mcpserver.mcp.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.share.OwnerDoor;
import io.mcpserver.mcp.share.Passage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a client's lines when its owner goes; the owners are doors of this process that the test speaks for. */
class PassingTest {

    private static final String INITIALIZE = "{\"id\":0,\"method\":\"initialize\",\"params\":{}}";
    private static final String INITIALIZED = "{\"method\":\"notifications/initialized\"}";
    private static final String SUBSCRIBE =
            "{\"id\":1,\"method\":\"resources/subscribe\",\"params\":{\"uri\":\"storage://a/b\"}}";
    private static final String LEVEL = "{\"id\":2,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"info\"}}";
    private static final String CALL = "{\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"save\"}}";
    private static final String LIST = "{\"id\":4,\"method\":\"tools/list\"}";

    private static final Duration LAST = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final PipedOutputStream client = new PipedOutputStream();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Owner> owners = new LinkedBlockingQueue<>();
    private CompletableFuture<Passing.End> end;
    private volatile boolean gone;

    @BeforeEach
    void aClientAndItsFirstOwner() throws Exception {
        PipedInputStream said = new PipedInputStream(client, 1 << 16);
        PipedOutputStream out = new PipedOutputStream();
        PipedInputStream heard = new PipedInputStream(out, 1 << 16);
        Thread.ofPlatform().daemon().start(() -> listen(heard));
        Passing passing = new Passing(said, out, wanted -> next(), warnings::add, LAST);
        Passage first = next();
        end = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                end.complete(passing.run(first));
            } catch (InterruptedException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
    }

    @AfterEach
    void end() throws IOException {
        gone = true;
        client.close();
        owners.forEach(Owner::close);
    }

    @Test
    void linesGoBothWaysAsTheyAre() throws Exception {
        say(LIST, "nonsense");
        Owner owner = owner();
        assertThat(owner.hears(2)).containsExactly(LIST, "nonsense");
        owner.says("{\"id\":4,\"result\":{}}");
        tells("{\"id\":4,\"result\":{}}");

        client.close();

        assertThat(owner.hearsTheEnd()).isTrue();
        owner.close();
        assertThat(end.get(10, TimeUnit.SECONDS).well()).isTrue();
    }

    @Test
    void theNextOwnerIsToldOfTheSessionAndItsAnswersToThatAreNotForTheClient() throws Exception {
        say(INITIALIZE, INITIALIZED, SUBSCRIBE, LEVEL);
        Owner first = owner();
        first.hears(4);
        first.says("{\"id\":0,\"result\":{}}", "{\"id\":1,\"result\":{}}", "{\"id\":2,\"result\":{}}");
        tells("{\"id\":2,\"result\":{}}");

        first.close();

        Owner second = owner();
        assertThat(second.hears(4)).containsExactly(INITIALIZE, INITIALIZED, LEVEL, SUBSCRIBE);
        second.says("{\"id\":0,\"result\":{}}", "{\"id\":1,\"result\":{}}", "{\"id\":2,\"result\":{}}", INITIALIZED);
        tells(INITIALIZED);
        assertThat(told).filteredOn(line -> line.contains("\"result\"")).hasSize(3);
    }

    @Test
    void aCallThatMayHaveBeenCarriedOutIsMarkedAndAQuestionIsNot() throws Exception {
        say(CALL, LIST);
        Owner first = owner();
        first.hears(2);

        first.close();

        assertThat(owner().hears(2)).containsExactly("!" + CALL, LIST);
    }

    @Test
    void whatAnOwnerThatEndedInOrderHasNotTakenIsSaidAgainAsItWas() throws Exception {
        say(CALL, LIST);
        Owner first = owner();
        first.hears(2);
        first.says("{\"id\":3,\"result\":{}}", ".bye 1");
        say(CALL.replace("3", "5"));

        first.close();

        assertThat(owner().hears(2)).containsExactlyInAnyOrder(LIST, CALL.replace("3", "5"));
        tells("{\"id\":3,\"result\":{}}");
        assertThat(told).noneMatch(line -> line.startsWith("."));
    }

    @Test
    void everyOwnerCountsTheLinesThatItWasTold() throws Exception {
        say(LIST, LIST.replace("4", "6"), LIST.replace("4", "7"));
        Owner first = owner();
        first.hears(3);
        first.says("{\"id\":4,\"result\":{}}", "{\"id\":6,\"result\":{}}", "{\"id\":7,\"result\":{}}", ".bye 3");
        first.close();
        Owner second = owner();
        say(CALL, LIST);
        second.hears(2);
        second.says(".bye 1");

        second.close();

        assertThat(owner().hears(2)).containsExactly("!" + CALL, LIST);
    }

    @Test
    void aLineOfWhichTheOwnerCanMakeNoMessageIsNotSaidToTheNext() throws Exception {
        String deep = "{\"id\":9,\"method\":\"tools/call\",\"params\":{\"cut\":\"\\ud83d\"}}";
        say(deep, LIST);
        Owner first = owner();
        first.hears(2);
        first.says(".refused 1", "{\"id\":null,\"error\":{}}");
        tells("{\"id\":null,\"error\":{}}");

        first.close();

        assertThat(owner().hears(1)).containsExactly(LIST);
        assertThat(told).noneMatch(line -> line.startsWith("."));
    }

    @Test
    void aCallWithTheIdOfTheHandshakeIsNotTakenForIt() throws Exception {
        String call = CALL.replace("\"id\":3", INITIALIZE.substring(1, INITIALIZE.indexOf(',')));
        say(INITIALIZE);
        Owner first = owner();
        first.hears(1);
        first.says(answer(INITIALIZE));
        tells(answer(INITIALIZE));
        say(call);
        first.hears(1);

        first.close();

        assertThat(owner().hears(2)).containsExactly(INITIALIZE, "!" + call);
    }

    private static String answer(String request) {
        return request.substring(0, request.indexOf(',')) + ",\"result\":{}}";
    }

    @Test
    void whatWasTakenBackIsNotAskedAgain() throws Exception {
        say(CALL, "{\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":3}}", LIST);
        Owner first = owner();
        first.hears(3);

        first.close();

        assertThat(owner().hears(1)).containsExactly(LIST);
    }

    @Test
    void halfALineOfAnOwnerThatWasKilledDoesNotReachTheClient() throws Exception {
        say(LIST);
        Owner first = owner();
        first.hears(1);
        first.writes("{\"id\":4,\"res");
        first.close();
        Owner second = owner();
        second.hears(1);
        second.says("{\"id\":4,\"result\":{}}");

        tells("{\"id\":4,\"result\":{}}");
        assertThat(told).hasSize(1);
    }

    @Test
    void questionsOfAnOwnerThatHasGoneAreTakenBack() throws Exception {
        Owner first = owner();
        first.says("{\"id\":\"q\",\"method\":\"elicitation/create\",\"params\":{}}");
        tells("{\"id\":\"q\",\"method\":\"elicitation/create\",\"params\":{}}");

        first.close();

        Awaitility.await().until(() -> told.size() == 2);
        assertThat(told.getLast()).contains("notifications/cancelled", "\"requestId\":\"q\"");
    }

    @Test
    void whereNoOwnerCanBeHadEveryCallIsAnsweredAndSaidWhetherItMayHaveBeenDone() throws Exception {
        say(CALL, LIST);
        Owner first = owner();
        first.hears(2);
        gone = true;

        first.close();

        assertThat(end.get(10, TimeUnit.SECONDS).failure()).contains("nobody is left");
        Awaitility.await().until(() -> told.size() == 2);
        assertThat(told)
                .anySatisfy(line -> assertThat(line).contains("\"id\":3", "OUTCOME_UNKNOWN", "nobody is left"))
                .anySatisfy(line -> assertThat(line).contains("\"id\":4", "UNAVAILABLE"));
    }

    @Test
    void aClientThatLeavesWhileItsOwnerGoesStillGetsItsAnswers() throws Exception {
        say(LIST);
        Owner first = owner();
        first.hears(1);
        client.close();
        first.hearsTheEnd();
        first.close();
        Owner second = owner();
        assertThat(second.hears(1)).containsExactly(LIST);
        second.says("{\"id\":4,\"result\":{}}");
        assertThat(second.hearsTheEnd()).isTrue();
        second.close();

        assertThat(end.get(10, TimeUnit.SECONDS).well()).isTrue();
        tells("{\"id\":4,\"result\":{}}");
    }

    private Passage next() throws InterruptedException {
        if (gone) {
            throw new CodedException(ErrorCode.UNAVAILABLE, "nobody is left");
        }
        // The owner before sends its guests away before it frees the folder.
        Owner owner = Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .ignoreExceptions()
                .until(() -> new Owner(OwnerDoor.open(config())), opened -> true);
        Passage passage = Passage.open(config()).orElseThrow();
        owners.add(owner);
        return passage;
    }

    private Owner owner() throws InterruptedException {
        return owners.poll(20, TimeUnit.SECONDS);
    }

    private ServerConfig config() {
        return TestConfigs.of("storage.path=" + directory);
    }

    private void say(String... lines) throws IOException {
        for (String line : lines) {
            client.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        client.flush();
    }

    private void tells(String line) {
        Awaitility.await(line).atMost(Duration.ofSeconds(20)).until(() -> told.contains(line));
    }

    private void listen(PipedInputStream heard) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(heard, StandardCharsets.UTF_8))) {
            lines.lines().forEach(told::add);
        } catch (IOException | RuntimeException writerGone) {
            // A pipe whose writing thread has ended is broken; everything written was read.
        }
    }

    /** An owner with one guest, for which the test speaks. */
    private static final class Owner {

        private final OwnerDoor door;
        private final CompletableFuture<OwnerDoor.Guest> guest = new CompletableFuture<>();
        private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

        Owner(OwnerDoor door) {
            this.door = door;
            door.serve(() -> TestConfigs.of(), came -> {
                guest.complete(came);
                Thread.ofPlatform().daemon().start(() -> listen(came));
            });
        }

        private void listen(OwnerDoor.Guest came) {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(came.link().in(), StandardCharsets.UTF_8))) {
                lines.lines().forEach(heard::add);
            } catch (IOException | RuntimeException closed) {
                // As at the end.
            }
            heard.add("END");
        }

        List<String> hears(int count) throws InterruptedException {
            List<String> lines = new CopyOnWriteArrayList<>();
            while (lines.size() < count) {
                String line = heard.poll(20, TimeUnit.SECONDS);
                assertThat(line).as("one more line after %s", lines).isNotNull();
                lines.add(line);
            }
            return lines;
        }

        boolean hearsTheEnd() throws InterruptedException {
            return "END".equals(heard.poll(20, TimeUnit.SECONDS));
        }

        void says(String... lines) throws Exception {
            for (String line : lines) {
                writes(line + "\n");
            }
        }

        void writes(String text) throws Exception {
            OutputStream out = guest.get(20, TimeUnit.SECONDS).link().out();
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }

        void close() {
            door.close();
        }
    }
}
