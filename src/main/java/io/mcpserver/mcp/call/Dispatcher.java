package io.mcpserver.mcp.call;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.message.Members;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.catalog.ToolOffering;
import io.mcpserver.tool.guard.ToolGuard;
import io.mcpserver.tool.guard.ToolRun;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Takes a request to what answers it: what concerns tools, prompts and resources of the catalog to them, by the guards
 * and without a detour; the rest to the extension. Lists hold what both have.
 *
 * <p>Threads: to be called on a Vert.x context of the request's own; nothing blocks.
 */
@Singleton
public class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    /** A method of the extension alone, which ends a session and says nothing. */
    private static final String CLOSE = "q/close";

    private static final JsonObject NONE = new JsonObject();

    private final Protocol protocol;
    private final ToolCatalog catalog;
    private final ToolOffering offering;
    private final ToolGuard guard;
    private final OfferReads reads;
    private final RunningCalls running;
    private final ListPages pages;
    private final OfferJson json = new OfferJson();

    Dispatcher(
            Protocol protocol,
            ToolCatalog catalog,
            ToolOffering offering,
            ToolGuard guard,
            OfferReads reads,
            RunningCalls running,
            ListPages pages) {
        this.protocol = protocol;
        this.catalog = catalog;
        this.offering = offering;
        this.guard = guard;
        this.reads = reads;
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
        switch (call.method()) {
            case "tools/call" -> callTool(call);
            case "tools/list" -> listTools(call);
            case "prompts/get" -> get(call);
            case "prompts/list" ->
                pages.list(
                        call,
                        catalog.now().prompts().stream().map(OfferJson::of).toList(),
                        this::ask);
            case "resources/read" -> read(call);
            case "resources/list" ->
                pages.list(
                        call,
                        catalog.now().resources().stream().map(OfferJson::of).toList(),
                        this::ask);
            case "resources/templates/list" -> pages.list(call, List.of(), this::ask);
            case CLOSE -> call.reply().fail(JsonRpcError.METHOD_NOT_FOUND, "There is no method " + CLOSE + ".");
            default -> ask(call);
        }
    }

    private void listTools(Call call) {
        List<Listed> tools =
                offering.shown(call.caller()).stream().map(json::of).toList();
        if (protocol.hasTools()) {
            pages.list(call, tools, this::ask);
        } else {
            pages.list(call, tools);
        }
    }

    private void callTool(Call call) {
        ToolCaller caller = call.caller();
        JsonObject arguments = Members.object(call.params(), "arguments");
        Optional<ToolSpec> tool = offering.find(call.params().getString("name"), caller);
        if (tool.isEmpty()) {
            ask(call);
        } else if (tool.get().name().equals(ToolOffering.CALL)) {
            // The tool that was found is called as if the client had named it; what names none is told so by the guard.
            Optional<ToolSpec> found = Optional.ofNullable(arguments.getValue("name"))
                    .filter(String.class::isInstance)
                    .flatMap(name -> offering.find((String) name, caller))
                    .filter(named -> !named.name().equals(ToolOffering.CALL))
                    .filter(named -> arguments.getValue("arguments", NONE) instanceof JsonObject);
            JsonObject inner = found.isEmpty() ? arguments : Members.object(arguments, "arguments");
            run(found.orElse(tool.get()), inner, caller, call);
        } else {
            run(tool.get(), arguments, caller, call);
        }
    }

    private void get(Call call) {
        Optional<PromptSpec> prompt = catalog.now().prompt(call.params().getString("name"));
        prompt.ifPresentOrElse(found -> reads.get(found, call), () -> ask(call));
    }

    private void read(Call call) {
        Optional<ResourceSpec> resource = catalog.now().resource(call.params().getString("uri"));
        resource.ifPresentOrElse(found -> reads.read(found, call), () -> ask(call));
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

    private void run(ToolSpec tool, JsonObject arguments, ToolCaller caller, Call call) {
        if (call.request().repeated()
                && !tool.hints().readOnly()
                && !tool.hints().idempotent()) {
            answer(call, new ToolOutcome.Failure(unknown(tool)));
            return;
        }
        tool.policy().timeout().ifPresent(call.reply()::mayTake);
        ToolRun run = guard.call(tool, arguments.getMap(), caller, call.client());
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

    private static CodedException unknown(ToolSpec tool) {
        return new CodedException(
                ErrorCode.OUTCOME_UNKNOWN,
                "The server process that ran %s ended before it answered, so the call may or may not have been carried out: look at what is there before you call again."
                        .formatted(tool.name()));
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
