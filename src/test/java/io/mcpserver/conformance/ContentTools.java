package io.mcpserver.conformance;

import io.quarkiverse.mcp.server.AudioContent;
import io.quarkiverse.mcp.server.EmbeddedResource;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.McpLog;
import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.ProgressTracker;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolCallException;
import io.quarkiverse.mcp.server.ToolResponse;
import java.math.BigDecimal;
import java.util.List;

/** Tools that answer with each kind of content, and that speak while they run. */
class ContentTools {

    private static final long PAUSE_MILLIS = 50;

    @Tool(name = "test_simple_text", description = "Answers with text")
    String text() {
        return "This is a simple text response for testing.";
    }

    @Tool(name = "test_image_content", description = "Answers with an image")
    ImageContent image() {
        return new ImageContent(Samples.PNG, "image/png");
    }

    @Tool(name = "test_audio_content", description = "Answers with a sound")
    AudioContent audio() {
        return new AudioContent(Samples.WAV, "audio/wav");
    }

    @Tool(name = "test_embedded_resource", description = "Answers with a resource")
    EmbeddedResource resource() {
        return new EmbeddedResource(
                new TextResourceContents("test://embedded-resource", "An embedded resource.", "text/plain"));
    }

    @Tool(name = "test_multiple_content_types", description = "Answers with text, an image and a resource")
    ToolResponse mixed() {
        return ToolResponse.success(List.of(
                new TextContent("Several kinds of content:"),
                new ImageContent(Samples.PNG, "image/png"),
                new EmbeddedResource(new TextResourceContents(
                        "test://mixed-content-resource", "{\"test\":\"data\",\"value\":123}", "application/json"))));
    }

    @Tool(name = "test_error_handling", description = "Always fails")
    String failure() {
        throw new ToolCallException("This tool intentionally returns an error for testing");
    }

    @Tool(name = "test_tool_with_logging", description = "Logs three times while it runs")
    String logging(McpLog log) throws InterruptedException {
        log.info("Tool execution started");
        Thread.sleep(PAUSE_MILLIS);
        log.info("Tool processing data");
        Thread.sleep(PAUSE_MILLIS);
        log.info("Tool execution completed");
        return "Logged three times";
    }

    @Tool(name = "test_tool_with_progress", description = "Reports progress in three steps")
    String progress(Progress progress) throws InterruptedException {
        if (progress.token().isEmpty()) {
            return "No progress was asked for";
        }
        ProgressTracker tracker = progress.trackerBuilder().setTotal(100).build();
        tracker.advance(BigDecimal.ZERO).await().indefinitely();
        for (int half = 0; half < 2; half++) {
            Thread.sleep(PAUSE_MILLIS);
            tracker.advance(BigDecimal.valueOf(50)).await().indefinitely();
        }
        return "Done";
    }
}
