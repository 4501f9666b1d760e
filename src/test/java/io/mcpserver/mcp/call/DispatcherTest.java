package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolOutcome;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private record Told(List<Object> said) implements Reply {

        @Override
        public void say(JsonObject message) {
            said.add(message);
        }

        @Override
        public void say(ToolOutcome outcome) {
            said.add(outcome);
        }

        @Override
        public void fail(int code, String message) {
            said.add(code);
        }

        @Override
        public void abandon() {
            said.add("abandoned");
        }
    }

    @Test
    void aRequestOnWhichTheServerBreaksIsAnswered() {
        Told told = new Told(new ArrayList<>());
        JsonObject ping = new JsonObject().put("jsonrpc", "2.0").put("id", 1).put("method", "ping");
        Call call = new Call(
                new Request(ping, 1, "ping"),
                () -> {
                    throw new IllegalStateException("There is no conversation");
                },
                ToolClient.SILENT,
                told,
                Optional.empty());

        new Dispatcher(null, null, null, null, null, null, null).dispatch(call);

        assertThat(told.said()).containsExactly(JsonRpcError.INTERNAL_ERROR);
    }
}
