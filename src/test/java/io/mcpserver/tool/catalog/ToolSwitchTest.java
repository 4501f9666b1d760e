package io.mcpserver.tool.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.ToolTestProfile;
import io.quarkiverse.mcp.server.FilterContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ToolSwitchTest {

    @Test
    void toolsAreListedUnlessTheyAreSwitchedOff() {
        assertThat(new ToolSwitch(config(true)).test(null, (FilterContext) null))
                .isTrue();
        assertThat(new ToolSwitch(config(false)).test(null, (FilterContext) null))
                .isFalse();
    }

    private static ServerConfig config(boolean enabled) {
        return ToolTestProfile.config(Path.of("unused"), "none", enabled);
    }
}
