package io.mcpserver.tool.declarative.http;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindHandler;
import io.mcpserver.tool.declarative.http.client.AllowedHosts;
import io.mcpserver.tool.declarative.http.client.Answer;
import io.mcpserver.tool.declarative.http.client.FetchException;
import io.mcpserver.tool.declarative.http.client.Origin;
import io.mcpserver.tool.declarative.http.client.TimeLeft;
import io.mcpserver.tool.declarative.http.client.WebClient;
import io.mcpserver.tool.declarative.http.client.WebRequest;
import io.mcpserver.tool.file.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A tool that asks an HTTP server. */
record HttpTool(
        String name,
        RequestTemplate request,
        ResponseRules response,
        RetryRules retries,
        HttpLimits limits,
        SecretMask mask,
        Surroundings surroundings)
        implements KindHandler {

    /** Longer than the deadline of any call, which interrupts. */
    private static final Duration LONGEST = Duration.ofHours(2);

    @Override
    public ToolResult call(Inputs inputs, ToolCall call) throws InterruptedException {
        SecretMask.Filled hidden = mask.of(inputs);
        try {
            return read(answer(inputs), hidden);
        } catch (FetchException e) {
            throw new CodedException(code(e), "%s: %s.".formatted(name, hidden.masked(e.getMessage())));
        } catch (CodedException e) {
            throw new CodedException(e.code(), name + ": " + e.getMessage());
        }
    }

    private ToolResult read(Answer answer, SecretMask.Filled hidden) {
        try {
            return result(isUnnamed() ? answer.of(WebClient.UNNAMED) : answer, hidden);
        } catch (CodedException e) {
            throw new CodedException(e.code(), hidden.masked(e.getMessage()));
        }
    }

    /** Whether a secret says which server is asked. */
    private boolean isUnnamed() {
        return request.url().server().isSecret(mask.inputs());
    }

    private ToolResult result(Answer answer, SecretMask.Filled hidden) {
        if (!response.isSuccess(answer.status())) {
            throw new FailedAnswer(answer, hidden).failure();
        }
        if (!answer.whole()) {
            throw new CodedException(
                    ErrorCode.TOO_LARGE,
                    "%s answered more than http.max_bytes allows (%,d); ask for less."
                            .formatted(answer.server(), limits.mostBytes()));
        }
        return response.result(answer);
    }

    private Answer answer(Inputs inputs) throws FetchException, InterruptedException {
        AllowedHosts allowed = AllowedHosts.of(surroundings.config().tools().allowedHosts());
        WebRequest filled = filled(inputs, allowed);
        WebClient client = surroundings.shared(WebClient.class, WebClient::new);
        TimeLeft time = TimeLeft.of(limits.timeout().orElse(LONGEST));
        TimeLeft patience = TimeLeft.of(
                limits.timeout().orElse(surroundings.config().performance().requestTimeout()));
        WebClient.Bounds bounds = new WebClient.Bounds(
                allowed, limits.redirects(), limits.mostBytes(), response.wanted(), time, isUnnamed());
        for (int done = 0; ; done++) {
            Optional<String> retryAfter;
            try {
                Answer answer = client.ask(filled, bounds);
                if (!retries.repeats(done, answer)) {
                    return answer;
                }
                retryAfter = answer.retryAfter();
                if (pause(done, retryAfter, patience).isEmpty()) {
                    return answer;
                }
            } catch (FetchException e) {
                if (!retries.repeats(done, e)
                        || pause(done, Optional.empty(), patience).isEmpty()) {
                    throw e;
                }
            }
        }
    }

    /** Waits, unless there is no time for it: then the answer is empty at once. */
    private Optional<Duration> pause(int done, Optional<String> retryAfter, TimeLeft patience)
            throws InterruptedException {
        Duration pause = retries.pause(
                done, retryAfter, Instant.now(), ThreadLocalRandom.current().nextDouble());
        if (pause.compareTo(patience.left()) >= 0) {
            return Optional.empty();
        }
        Thread.sleep(pause);
        return Optional.of(pause);
    }

    private WebRequest filled(Inputs inputs, AllowedHosts allowed) throws FetchException {
        WebRequest filled;
        try {
            filled = request.fill(inputs, surroundings::secret);
        } catch (FetchException e) {
            throw new FetchException(e.kind(), "the host that is filled into its url " + e.getMessage());
        }
        Origin origin = filled.address().origin();
        if (request.url().writtenOrigin().isEmpty() && !allowed.names(origin)) {
            throw new FetchException(
                    FetchException.Kind.FORBIDDEN,
                    "the host that is filled into its url is not listed in tools.allowed_hosts");
        }
        return filled;
    }

    private ErrorCode code(FetchException failure) {
        boolean unknown = request.method().changes() && !request.method().repeatable();
        return switch (failure.kind()) {
            case FORBIDDEN, UNREADABLE -> ErrorCode.UNSUPPORTED;
            case TOO_LARGE -> ErrorCode.TOO_LARGE;
            case UNREACHABLE -> ErrorCode.UNAVAILABLE;
            case BROKEN -> unknown ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.UNAVAILABLE;
            case LATE -> unknown ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.TIMEOUT;
        };
    }
}
