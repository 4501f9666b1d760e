package io.mcpserver.mcp.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.tool.Question;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Questions to clients with a session, and the tools that wait for the answers. An answer counts only if it comes in the
 * session that was asked, to this process.
 *
 * <p>Threads: safe for any number of callers; {@link #ask} blocks its caller, {@link #answer} does not.
 */
@Singleton
public class Questions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Waiting(String conversation, CompletableFuture<JsonObject> answer) {}

    /** Tools that may wait at one time, for each worker process; four times as many can run, so others stay free. */
    private static final int WAITING_PER_WORKER = 4;

    /** Questions of one conversation, which one client cannot answer all at once anyway. */
    private static final int MOST_IN_ONE = 8;

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Semaphore places;

    public Questions(ServerConfig config) {
        places = new Semaphore(WAITING_PER_WORKER * config.performance().workerProcesses());
    }

    /** How many questions have no answer yet. */
    public int count() {
        return waiting.size();
    }

    /** Whether somebody waits for the answer with this id. */
    public boolean awaits(Conversation conversation, Object id) {
        return id instanceof String text
                && waiting.get(text) instanceof Waiting open
                && open.conversation().equals(conversation.id());
    }

    /** Takes a client's answer; {@code false} if nobody waits for it. */
    public boolean answer(Conversation conversation, Object id, JsonObject answer) {
        return awaits(conversation, id) && waiting.get((String) id).answer().complete(answer);
    }

    /** Ends the waiting for a client that has gone. */
    public void left(Conversation conversation) {
        waiting.values().stream()
                .filter(open -> open.conversation().equals(conversation.id()))
                .forEach(open -> open.answer().completeExceptionally(gone()));
    }

    /** See {@link io.mcpserver.tool.ToolClient#ask}; that the client can answer is known. */
    Map<String, ObjectNode> ask(Conversation conversation, Wire wire, Map<String, Question> questions)
            throws InterruptedException {
        if (countOf(conversation) + questions.size() > MOST_IN_ONE || !places.tryAcquire()) {
            throw new CodedException(
                    ErrorCode.TIMEOUT,
                    "Too many calls wait for answers of their clients at the moment; nothing was done. Try again later.");
        }
        try {
            return askAndAwait(conversation, wire, questions);
        } finally {
            places.release();
        }
    }

    private Map<String, ObjectNode> askAndAwait(Conversation conversation, Wire wire, Map<String, Question> questions)
            throws InterruptedException {
        Map<String, String> ids = new LinkedHashMap<>();
        Map<String, ObjectNode> answers = new LinkedHashMap<>();
        try {
            questions.forEach((key, question) -> ids.put(key, send(conversation, wire, question)));
            long end = System.nanoTime() + Question.LONGEST_WAIT.toNanos();
            for (Map.Entry<String, String> id : ids.entrySet()) {
                answers.put(id.getKey(), await(waiting.get(id.getValue()), end));
            }
            return answers;
        } catch (InterruptedException | CodedException e) {
            ids.values().forEach(id -> wire.notify(cancelled(id)));
            throw e;
        } finally {
            ids.values().forEach(waiting::remove);
        }
    }

    private long countOf(Conversation conversation) {
        return waiting.values().stream()
                .filter(open -> open.conversation().equals(conversation.id()))
                .count();
    }

    private String send(Conversation conversation, Wire wire, Question question) {
        String id = UUID.randomUUID().toString();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        waiting.put(id, new Waiting(conversation.id(), answer));
        wire.whenGone(() -> answer.completeExceptionally(gone()));
        wire.send(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", question.method())
                .put("params", new JsonObject(question.params().toString())));
        return id;
    }

    private static ObjectNode await(Waiting waiting, long end) throws InterruptedException {
        try {
            return result(waiting.answer().get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw new CodedException(
                    ErrorCode.TIMEOUT,
                    "The client did not answer within " + Question.LONGEST_WAIT.toMinutes()
                            + " minutes what it was asked; nothing was done. Try again when its user is there.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CodedException coded ? coded : new IllegalStateException(e.getCause());
        }
    }

    private static ObjectNode result(JsonObject answer) {
        if (!(answer.getValue("result") instanceof JsonObject result)) {
            throw new CodedException(
                    ErrorCode.INVALID_ARGUMENT, "The client could not answer what it was asked; nothing was done.");
        }
        try {
            return (ObjectNode) JSON.readTree(result.encode());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read as JSON is JSON", e);
        }
    }

    private static CodedException gone() {
        return new CodedException(
                ErrorCode.CANCELLED, "The client has left before it answered what it was asked; nothing was done.");
    }

    private static JsonObject cancelled(String id) {
        return Notices.of("notifications/cancelled", new JsonObject().put("requestId", id));
    }
}
