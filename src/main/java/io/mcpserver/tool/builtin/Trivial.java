package io.mcpserver.tool.builtin;
import io.quarkiverse.mcp.server.*;
public class Trivial {
    @Tool(description="x") String echo(String text, int sleep) throws Exception { Thread.sleep(sleep); return text; }
}
