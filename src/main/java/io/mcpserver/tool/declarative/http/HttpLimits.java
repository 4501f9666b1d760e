package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.config.ByteSize;
import io.mcpserver.tool.declarative.KindBody;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a call may go.
 *
 * @param timeout for the whole call; without it, the deadline of the call alone holds
 * @param mostBytes of an answer, unpacked
 */
record HttpLimits(Optional<Duration> timeout, int mostBytes, int redirects) {

    private static final int LEAST = 1_000;
    private static final int MOST = 50_000_000;
    private static final int USUAL = 1_000_000;

    /** Empty where {@code body} was told of a fault. */
    static Optional<HttpLimits> read(KindBody body) {
        JsonNode json = body.json();
        JsonNode size = json.path("max_bytes");
        Optional<Long> bytes = size.isMissingNode() ? Optional.of((long) USUAL) : ByteSize.parse(size.asText());
        if (bytes.isEmpty() || bytes.get() < LEAST || bytes.get() > MOST) {
            body.fault("/max_bytes", "must be a size from 1kB to 50MB");
            return Optional.empty();
        }
        JsonNode seconds = json.path("timeout");
        return Optional.of(new HttpLimits(
                seconds.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(Math.round(seconds.asDouble() * 1000))),
                bytes.get().intValue(),
                json.path("redirects").asInt(3)));
    }
}
