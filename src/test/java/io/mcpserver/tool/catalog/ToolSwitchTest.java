package io.mcpserver.tool.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.ToolTestProfile;
import io.quarkiverse.mcp.server.FilterContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ToolSwitchTest {

    @Test
    void toolsAreListedUnlessTheyAreSwitchedOff() {
        LiveConfig live = new LiveConfig(config(true));
        ToolSwitch tools = new ToolSwitch(live);
        assertThat(tools.test(null, (FilterContext) null)).isTrue();

        live.replace(config(false));

        assertThat(tools.test(null, (FilterContext) null)).isFalse();
    }

    private static ServerConfig config(boolean enabled) {
        return ToolTestProfile.config(Path.of("unused"), "none", enabled);
    }
}
