package io.mcpserver.mcp.call;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.tool.CapabilityMissing;
import io.mcpserver.tool.ToolOutcome;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Answers in the words of the revisions that have sessions, and to those who come without any. */
public final class StatefulReply implements Reply {

    private static final int OK = 200;

    private final Object id;
    private final Wire wire;
    private final RequestTimer timer;

    public StatefulReply(Object id, Wire wire, RequestTimer timer) {
        this.id = id;
        this.wire = wire;
        this.timer = timer;
    }

    @Override
    public void say(JsonObject message) {
        if (!message.containsKey("method")) {
            timer.answered(message);
            wire.answer(OK, message.toBuffer());
        } else if (message.containsKey("id")) {
            wire.send(message);
        } else {
            wire.notify(message);
        }
    }

    @Override
    public void say(ToolOutcome outcome) {
        switch (outcome) {
            case ToolOutcome.Success(var result) -> {
                timer.ok();
                wire.answer(OK, ToolAnswers.success(id, result, ""));
            }
            case ToolOutcome.Failure(var failure) -> fail(failure);
            case ToolOutcome.NeedsCapability(var features) ->
                fail(new CodedException(ErrorCode.UNSUPPORTED, new CapabilityMissing(features).getMessage()));
            case ToolOutcome.NeedsInput needs ->
                throw new IllegalStateException("A client with a session is asked while the tool waits: " + needs);
        }
    }

    @Override
    public void fail(int code, String message) {
        say(JsonRpcError.of(id, code, message));
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

    private void fail(CodedException failure) {
        timer.toolError();
        wire.answer(OK, ToolAnswers.failure(id, failure, ""));
    }
}
