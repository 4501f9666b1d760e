package io.mcpserver.mcp.call;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.guard.ToolGuard;
import io.mcpserver.tool.guard.ToolRun;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Takes a request to what answers it: calls of tools to the catalog's tools, by the guard and without a detour; the
 * rest to the extension.
 *
 * <p>Threads: to be called on a Vert.x context of the request's own; nothing blocks.
 */
@Singleton
public class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    /** A method of the extension alone, which ends a session and says nothing. */
    private static final String CLOSE = "q/close";

    private final Protocol protocol;
    private final ToolCatalog catalog;
    private final ToolGuard guard;
    private final RunningCalls running;
    private final ListPages pages;

    Dispatcher(Protocol protocol, ToolCatalog catalog, ToolGuard guard, RunningCalls running, ListPages pages) {
        this.protocol = protocol;
        this.catalog = catalog;
        this.guard = guard;
        this.running = running;
        this.pages = pages;
    }

    /** Sees to it that the request is answered, or abandoned where it was cancelled. */
    public void dispatch(Call call) {
        try {
            answer(call);
        } catch (RuntimeException e) {
            fail(call, e);
        }
    }

    private void answer(Call call) {
        if (call.method().equals("tools/call")) {
            Optional<ToolSpec> tool = catalog.find(call.params().getString("name"));
            if (tool.isPresent()) {
                run(tool.get(), call);
                return;
            }
        }
        if (call.method().equals(CLOSE)) {
            call.reply().fail(JsonRpcError.METHOD_NOT_FOUND, "There is no method " + CLOSE + ".");
        } else if (ListPages.isList(call.method())) {
            pages.list(call, this::ask);
        } else {
            ask(call);
        }
    }

    /** Takes back a request that is not answered yet; does nothing if there is none. */
    public void cancel(Conversation conversation, Object id) {
        if (!running.cancel(conversation, id)) {
            JsonObject cancelled = new JsonObject()
                    .put("jsonrpc", "2.0")
                    .put("method", "notifications/cancelled")
                    .put("params", new JsonObject().put("requestId", id));
            protocol.handle(cancelled, conversation, said -> {}, Optional.empty());
        }
    }

    private void run(ToolSpec tool, Call call) {
        JsonObject arguments = call.params().getJsonObject("arguments");
        ToolRun run = guard.call(tool, arguments == null ? Map.of() : arguments.getMap(), call.caller(), call.client());
        CompletableFuture<ToolOutcome> outcome = run.outcome().toCompletableFuture();
        if (outcome.isDone()) {
            answer(call, outcome.join());
            return;
        }
        Object id = call.request().id();
        Runnable cancel = run::cancel;
        running.began(call.conversation(), id, cancel);
        outcome.whenComplete((ended, failure) -> {
            running.ended(call.conversation(), id, cancel);
            if (failure == null) {
                answer(call, ended);
            } else {
                fail(call, failure);
            }
        });
    }

    private static void answer(Call call, ToolOutcome outcome) {
        try {
            if (outcome instanceof ToolOutcome.Failure(var failure) && failure.code() == ErrorCode.CANCELLED) {
                call.reply().abandon();
            } else {
                call.reply().say(outcome);
            }
        } catch (RuntimeException e) {
            fail(call, e);
        }
    }

    private void ask(Call call) {
        protocol.handle(call.request().json(), call.conversation(), said -> say(call, said), call.http())
                .onFailure(failure -> fail(call, failure))
                // Whatever was not answered has been cancelled.
                .onSuccess(said -> call.reply().abandon());
    }

    private static void say(Call call, JsonObject said) {
        try {
            call.reply().say(said);
        } catch (RuntimeException e) {
            fail(call, e);
        }
    }

    private static void fail(Call call, Throwable failure) {
        LOG.errorf(failure, "%s could not be answered", call.method());
        call.reply().fail(JsonRpcError.INTERNAL_ERROR, "Internal error");
    }
}
