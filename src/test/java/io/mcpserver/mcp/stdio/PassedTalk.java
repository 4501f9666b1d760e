package io.mcpserver.mcp.stdio;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.pass.Passing;
import io.mcpserver.mcp.share.OwnerDoor;
import io.mcpserver.mcp.share.Passage;
import io.mcpserver.mcp.testing.Talk;
import io.quarkus.arc.Arc;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A talk by way of a process that passes on, whose parts run in this one. */
final class PassedTalk extends Talk {

    private static OwnerDoor door;
    private static ServerConfig config;

    private final PipedOutputStream in = new PipedOutputStream();
    private final PipedOutputStream out = new PipedOutputStream();
    private final CompletableFuture<Passing.End> over = new CompletableFuture<>();

    PassedTalk() {
        try {
            PipedInputStream heard = new PipedInputStream(out, 1 << 20);
            PipedInputStream said = new PipedInputStream(in, 1 << 20);
            Passing passing = new Passing(said, out, wanted -> gone(), warning -> {}, Duration.ofSeconds(20));
            Passage passage = passage();
            Thread.ofPlatform().daemon().start(() -> listen(heard));
            Thread.ofPlatform().daemon().start(() -> run(passing, passage));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The way in at the door of the server of this test; opens it where that has not happened. */
    static synchronized Passage passage() throws IOException {
        if (door == null) {
            Path folder = Files.createTempDirectory(Path.of("target"), "shared");
            folder.toFile().deleteOnExit();
            config = TestConfigs.replacing(
                    Arc.container().instance(LiveConfig.class).get().now(), "storage.path", folder);
            door = OwnerDoor.open(config);
            Arc.container().instance(PassedTalks.class).get().serve(door);
        }
        return Passage.open(config).orElseThrow();
    }

    private static Passage gone() {
        throw new CodedException(ErrorCode.UNAVAILABLE, "The server of the test has gone.");
    }

    private void run(Passing passing, Passage passage) {
        try {
            over.complete(passing.run(passage));
        } catch (InterruptedException | RuntimeException e) {
            over.completeExceptionally(e);
        }
    }

    @Override
    public void say(JsonObject message) {
        synchronized (in) {
            try {
                in.write((message.encode() + "\n").getBytes(StandardCharsets.UTF_8));
                in.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!over.get(60, TimeUnit.SECONDS).well()) {
                throw new AssertionError(over.join());
            }
        } catch (Exception e) {
            throw new AssertionError("The talk does not end", e);
        }
    }

    private void listen(PipedInputStream heard) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(heard, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hears(new JsonObject(line));
            }
        } catch (IOException writerGone) {
            // A pipe whose writing thread has ended is broken; everything written was read.
        }
    }
}
