package io.mcpserver.tool.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolTestProfile;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ReadGuardTest {

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ReadGuard guard =
            new ReadGuard(new LiveConfig(ToolTestProfile.config(Path.of("unused"), "none", true)), workers);

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    void whatIsReadIsAnswered() {
        assertThat(guard.read("Reading", () -> "text").await().indefinitely()).isEqualTo("text");
    }

    @Test
    void readingFailsWithTheProtocolsCodes() {
        assertThat(code(ErrorCode.NOT_FOUND)).isEqualTo(JsonRpcErrorCodes.RESOURCE_NOT_FOUND);
        assertThat(code(ErrorCode.INVALID_ARGUMENT)).isEqualTo(JsonRpcErrorCodes.INVALID_PARAMS);
        assertThat(code(ErrorCode.STORE_LOCKED)).isEqualTo(JsonRpcErrorCodes.INTERNAL_ERROR);
    }

    private int code(ErrorCode code) {
        return Assertions.assertThrows(McpException.class, () -> guard.read("Reading", () -> {
                            throw new CodedException(code, "It failed.");
                        })
                        .await()
                        .indefinitely())
                .getJsonRpcErrorCode();
    }
}
