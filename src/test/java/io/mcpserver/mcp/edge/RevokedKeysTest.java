package io.mcpserver.mcp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig.ApiKey;
import io.mcpserver.config.ServerConfig.Security;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevokedKeysTest {

    private static final ApiKey KEY = new ApiKey("aa", false);
    private static final ApiKey OTHER = new ApiKey("bb", false);

    @Test
    void aKeyThatIsGoneOrAnotherKeyNowIsRevoked() {
        assertThat(RevokedKeys.between(
                        keys(Map.of("gone", KEY, "kept", KEY, "new", KEY)), keys(Map.of("kept", KEY, "new", OTHER))))
                .containsExactlyInAnyOrder("gone", "new");
    }

    @Test
    void aKeyWhoseRightsChangeIsNotRevoked() {
        assertThat(RevokedKeys.between(keys(Map.of("a", KEY)), keys(Map.of("a", new ApiKey("aa", true)))))
                .isEmpty();
    }

    @Test
    void withTheFirstKeyAnybodyIsLetInNoMore() {
        assertThat(RevokedKeys.between(keys(Map.of()), keys(Map.of("a", KEY)))).containsExactly("");
        assertThat(RevokedKeys.between(keys(Map.of("a", KEY)), keys(Map.of()))).containsExactly("a");
    }

    private static Security keys(Map<String, ApiKey> keys) {
        return new Security(keys, Optional.empty());
    }
}
