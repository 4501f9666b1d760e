package io.mcpserver.mcp.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Tools for tests that look at how a call travels. */
class TestTools {

    @Tool(name = "test_echo", description = "Says what it was told")
    String echo(@ToolArg(description = "What to say") String text) {
        return text;
    }

    @Tool(name = "test_sleep", description = "Answers late")
    String sleep(@ToolArg(description = "How late") long millis) throws InterruptedException {
        Thread.sleep(millis);
        return "slept";
    }

    static ObjectNode schema(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
