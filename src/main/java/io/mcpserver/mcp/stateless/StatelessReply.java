package io.mcpserver.mcp.stateless;

import io.mcpserver.error.CodedException;
import io.mcpserver.mcp.call.Reply;
import io.mcpserver.mcp.call.RequestTimer;
import io.mcpserver.mcp.call.ToolAnswers;
import io.mcpserver.mcp.call.Wire;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.message.RequestMeta;
import io.mcpserver.tool.CapabilityMissing;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Answers in the words of the stateless revisions; whatever is said to a client of them passes here. */
final class StatelessReply implements Reply {

    private static final int OK = 200;
    private static final String RESULT_TYPE = "resultType";

    private final Request request;
    private final Wire wire;
    private final RequestTimer timer;
    private final StatelessClient client;
    private final ToolCaller caller;
    private final CacheHints hints;
    private final ServerIdentity identity;

    StatelessReply(
            Request request,
            Wire wire,
            RequestTimer timer,
            StatelessClient client,
            ToolCaller caller,
            CacheHints hints,
            ServerIdentity identity) {
        this.request = request;
        this.wire = wire;
        this.timer = timer;
        this.client = client;
        this.caller = caller;
        this.hints = hints;
        this.identity = identity;
    }

    @Override
    public void say(JsonObject message) {
        if (message.containsKey("method")) {
            // Requests of the server do not exist here, nor do logs that were not asked for.
            if (!message.containsKey("id") && client.wants(message)) {
                wire.notify(message);
            }
        } else if (!client.asked().isEmpty()) {
            say(new ToolOutcome.NeedsInput(client.asked()));
        } else if (message.getValue("error") instanceof JsonObject error) {
            error(error);
        } else {
            result(message.getValue("result"));
        }
    }

    @Override
    public void say(ToolOutcome outcome) {
        switch (outcome) {
            case ToolOutcome.Success(var result) -> {
                timer.ok();
                wire.answer(OK, ToolAnswers.success(request.id(), result, identity.membersOfCompleteResult()));
            }
            case ToolOutcome.Failure(var failure) -> fail(failure);
            case ToolOutcome.NeedsInput(var questions) -> ask(questions);
            case ToolOutcome.NeedsCapability(var features) -> needs(features);
        }
    }

    @Override
    public void fail(int code, String message) {
        refuse(new Fault(status(code), code, message, null));
    }

    @Override
    public void mayTake(Duration time) {
        wire.mayTake(time);
    }

    @Override
    public void abandon() {
        timer.cancelled();
        wire.abandon();
    }

    void refuse(Fault fault) {
        timer.error(fault.code());
        wire.answer(fault.status(), fault.toJson(request.id()).toBuffer());
    }

    /** Answers with a result that lacks only what every result has. */
    void result(Object result) {
        timer.ok();
        JsonObject json = result instanceof JsonObject object ? object : JsonObject.mapFrom(result);
        hints.add(request.method(), json, caller);
        json.put(RESULT_TYPE, "complete");
        answer(json);
    }

    private void ask(Map<String, Question> questions) {
        JsonObject asks;
        try {
            asks = client.rounds().inputRequired(questions);
        } catch (CodedException e) {
            fail(e);
            return;
        }
        timer.inputRequired();
        answer(asks);
    }

    private void answer(JsonObject result) {
        JsonObject meta = result.getJsonObject("_meta");
        result.put("_meta", (meta == null ? new JsonObject() : meta).put(RequestMeta.SERVER_INFO, identity.json()));
        wire.answer(
                OK,
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", request.id())
                        .put("result", result)
                        .toBuffer());
    }

    private void error(JsonObject error) {
        int code = error.getInteger("code");
        if (code == JsonRpcError.RESOURCE_NOT_FOUND) {
            String uri = request.json().getJsonObject("params").getString("uri");
            refuse(new Fault(
                    OK, JsonRpcError.INVALID_PARAMS, error.getString("message"), new JsonObject().put("uri", uri)));
        } else {
            refuse(new Fault(status(code), code, error.getString("message"), null));
        }
    }

    private void fail(CodedException failure) {
        timer.toolError();
        wire.answer(OK, ToolAnswers.failure(request.id(), failure, identity.membersOfCompleteResult()));
    }

    private void needs(Set<ClientFeature> features) {
        JsonObject required = new JsonObject();
        features.forEach(feature -> required.put(feature.capability(), new JsonObject()));
        refuse(new Fault(
                400,
                JsonRpcError.MISSING_CAPABILITY,
                new CapabilityMissing(features).getMessage(),
                new JsonObject().put("requiredCapabilities", required)));
    }

    private static int status(int code) {
        return switch (code) {
            case JsonRpcError.METHOD_NOT_FOUND -> 404;
            case JsonRpcError.HEADER_MISMATCH, JsonRpcError.MISSING_CAPABILITY, JsonRpcError.UNSUPPORTED_REVISION ->
                400;
            default -> OK;
        };
    }
}
