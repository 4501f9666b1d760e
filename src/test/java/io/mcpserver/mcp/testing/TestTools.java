package io.mcpserver.mcp.testing;

import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;

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
}
