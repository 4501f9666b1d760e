package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.tool.declarative.http.client.Answer;
import io.mcpserver.tool.declarative.http.client.FetchException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * When a request is repeated.
 *
 * @param count how often at most
 * @param on statuses after which it is
 */
record RetryRules(int count, Set<Integer> on) {

    private static final Set<Integer> USUAL = Set.of(429, 502, 503, 504);
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 10_000;

    static RetryRules read(JsonNode json, HttpMethod method) {
        JsonNode rules = json.path("retries");
        boolean may = method.repeatable() || rules.path("always").asBoolean();
        Set<Integer> on = new HashSet<>();
        rules.path("on").forEach(status -> on.add(status.asInt()));
        return new RetryRules(may ? rules.path("count").asInt(0) : 0, rules.has("on") ? on : USUAL);
    }

    /** @param done how often it was repeated already */
    boolean repeats(int done, Answer answer) {
        return done < count && on.contains(answer.status());
    }

    boolean repeats(int done, FetchException failure) {
        return done < count
                && (failure.kind() == FetchException.Kind.UNREACHABLE || failure.kind() == FetchException.Kind.BROKEN);
    }

    /**
     * How long to wait: as the server says, else longer each time, and not the same for all who wait.
     *
     * @param retryAfter as the server sent it
     * @param random from 0 to 1
     */
    Duration pause(int done, Optional<String> retryAfter, Instant now, double random) {
        return retryAfter.flatMap(text -> asked(text, now)).orElseGet(() -> {
            long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(done, 10));
            return Duration.ofMillis(Math.round(longest * (0.5 + random / 2)));
        });
    }

    private static Optional<Duration> asked(String text, Instant now) {
        try {
            if (text.matches("[0-9]{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
