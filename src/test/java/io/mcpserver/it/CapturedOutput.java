package io.mcpserver.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What a program wrote to one of its streams, read in the background so that it never blocks. */
final class CapturedOutput {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread reader;

    CapturedOutput(InputStream stream) {
        reader = Thread.ofVirtual().start(() -> drain(stream));
    }

    private void drain(InputStream stream) {
        try (stream) {
            stream.transferTo(bytes);
        } catch (IOException killed) {
            // The stream of a killed process ends like any other: what came before it is kept.
        }
    }

    /** As UTF-8. */
    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The complete lines so far; one that has not ended yet is not among them. */
    List<String> lines() {
        String all = text();
        int end = all.lastIndexOf('\n');
        return end < 0 ? List.of() : all.substring(0, end).lines().toList();
    }

    /** Waits for a line that fits and returns the first. */
    String awaitLine(Predicate<String> fits, Duration atMost) {
        return Awaitility.await("a line of output")
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> matching(fits).findFirst(), found -> found.isPresent())
                .orElseThrow();
    }

    private Stream<String> matching(Predicate<String> fits) {
        return lines().stream().filter(fits);
    }

    void awaitEnd() throws InterruptedException {
        reader.join(Duration.ofSeconds(10));
    }
}
