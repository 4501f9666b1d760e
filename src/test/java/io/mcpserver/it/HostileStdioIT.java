package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.it.hostile.Chance;
import io.mcpserver.it.hostile.HostileMessages;
import io.mcpserver.mcp.testing.McpMessages;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program over standard input and output, on a heap of 64 MiB, against clients that send everything
 * but proper messages, or read nothing. {@code -Dhostile.seed} repeats a run.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "It is read from /proc what the server holds")
class HostileStdioIT {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final String SMALL_HEAP = "-Xmx64m";
    private static final int LINES = 40_000;
    private static final int PROBE_EVERY = 400;
    private static final int CALLS = 200;
    private static final int MIB = 1 << 20;

    private final long seed = Long.getLong("hostile.seed", System.nanoTime());

    @TempDir
    Path directory;

    @Test
    void whateverALineHoldsTheNextProperOneIsAnswered() throws Exception {
        try (StdioProgram program = program()) {
            program.send(McpMessages.INITIALIZE);
            program.awaitAnswers("1", 1, A_MINUTE);
            HostileMessages messages = new HostileMessages(new Chance(seed));
            for (int i = 0; i < LINES; i++) {
                program.send(oneLine(messages.next().bytes()));
                if (i % PROBE_EVERY == 0) {
                    program.send(McpMessages.request("probe-" + i, "ping", new JsonObject()));
                }
            }
            program.closeInput();

            assertThat(program.awaitExit(A_MINUTE)).as(program.told(seed)).isZero();
            assertThat(program.faults()).as(program.told(seed)).isEmpty();
            for (int i = 0; i < LINES; i += PROBE_EVERY) {
                assertThat(program.answers("probe-" + i))
                        .as("answers to probe " + i + program.told(seed))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void aLineOfFiftyMegabytesIsRefusedWithoutBeingHeld() throws Exception {
        try (StdioProgram program = program()) {
            program.send(McpMessages.INITIALIZE);
            program.awaitAnswers("1", 1, A_MINUTE);
            ProcessUse use = new ProcessUse(program.pid());
            long heapBefore = use.liveHeap().bytes();

            byte[] piece = "x".repeat(MIB).getBytes();
            for (int i = 0; i < 50; i++) {
                program.sendPart(piece);
            }
            program.send("");
            program.send(McpMessages.request("after", "ping", new JsonObject()));

            program.awaitAnswers("after", 1, A_MINUTE);
            assertThat(program.answers("null")).isEqualTo(1);
            assertThat(use.liveHeap().bytes()).isLessThan(heapBefore + 4 * MIB);
            program.closeInput();
            assertThat(program.awaitExit(A_MINUTE)).isZero();
            assertThat(program.faults()).isEmpty();
        }
    }

    @Test
    void callsInFlightAtTheEndOfInputAreAllAnsweredOnce() throws Exception {
        try (StdioProgram program = program()) {
            program.send(McpMessages.INITIALIZE);
            ByteArrayOutputStream calls = new ByteArrayOutputStream();
            for (int i = 0; i < CALLS; i++) {
                String call = i % 2 == 0
                        ? McpMessages.call(
                                "call-" + i,
                                "calculator_add",
                                new JsonObject().put("a", i).put("b", 1))
                        : McpMessages.call("call-" + i, "storage_collections", new JsonObject());
                calls.writeBytes((call + "\n").getBytes());
            }
            program.sendPart(calls.toByteArray());
            program.closeInput();

            assertThat(program.awaitExit(A_MINUTE)).isZero();
            for (int i = 0; i < CALLS; i++) {
                assertThat(program.answers("call-" + i))
                        .as("answers to call " + i)
                        .isEqualTo(1);
            }
            assertThat(program.faults()).isEmpty();
        }
    }

    @Test
    void answersWaitInTheClientsPipeAndNotInMemory() throws Exception {
        int lists = 10 * 64 * MIB / answerToList() / 4;
        try (StdioProgram program = StdioProgram.unread(launch().startUnread())) {
            program.send(McpMessages.INITIALIZE);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < lists; i++) {
                    program.send(McpMessages.request("list-" + i, "tools/list", new JsonObject()));
                }
                program.closeInput();
            });
            long most = residentWhileUnread(new ProcessUse(program.pid()));

            assertThat(writing).as("the server must stop reading").isNotDone();
            assertThat(most).as("resident bytes while nothing is read").isLessThan(400L * MIB);
            program.startReading();

            assertThat(program.awaitExit(A_MINUTE.multipliedBy(2)))
                    .as(program.told(seed))
                    .isZero();
            for (int i = 0; i < lists; i++) {
                assertThat(program.answers("list-" + i))
                        .as("answers to list " + i)
                        .isEqualTo(1);
            }
            assertThat(program.faults()).isEmpty();
        }
    }

    /** The most that was seen during some seconds, after the first answers must have filled the pipe. */
    private static long residentWhileUnread(ProcessUse use) throws InterruptedException {
        long most = 0;
        for (int i = 0; i < 50; i++) {
            Thread.sleep(100);
            most = Math.max(most, use.resident());
        }
        return most;
    }

    /** How many bytes the answer to {@code tools/list} has. */
    private int answerToList() throws Exception {
        try (RunningServer server = launch().start()) {
            server.send(McpMessages.LIST).closeInput();
            assertThat(server.awaitExit(A_MINUTE)).isZero();
            return server.stdout().bytes().length;
        }
    }

    private StdioProgram program() {
        StdioProgram program = StdioProgram.unread(launch().startUnread());
        program.startReading();
        return program;
    }

    private ServerLaunch launch() {
        return ServerLaunch.in(directory)
                .args("--transport", "stdio")
                .env("MCP_EMBEDDING_MODEL", "none")
                .javaOptions(SMALL_HEAP);
    }

    private static byte[] oneLine(byte[] message) {
        byte[] line = message.clone();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n') {
                line[i] = ' ';
            }
        }
        return line;
    }
}
