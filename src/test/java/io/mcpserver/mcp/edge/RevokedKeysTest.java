package io.mcpserver.mcp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig.ApiKey;
import io.mcpserver.config.ServerConfig.Security;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RevokedKeysTest {

    private static final ApiKey KEY = new ApiKey("aa", false);
    private static final ApiKey OTHER = new ApiKey("bb", false);

    @Test
    void aKeyThatIsGoneOrAnotherKeyNowIsRevoked() {
        Security before = keys(Map.of("gone", KEY, "kept", KEY, "new", KEY));
        Security after = keys(Map.of("kept", KEY, "new", OTHER));

        assertThat(Stream.of("gone", "kept", "new").filter(name -> RevokedKeys.isRevoked(name, before, after)))
                .containsExactly("gone", "new");
    }

    @Test
    void aKeyThatOpensAnotherPartOfTheServerIsRevoked() {
        Security before = keys(Map.of("a", KEY));

        assertThat(Stream.of(
                        opening("other", Optional.empty(), Optional.empty()),
                        opening("default", Optional.of(Set.of("read")), Optional.empty()),
                        opening("default", Optional.empty(), Optional.of(Set.of("notes")))))
                .allMatch(now -> RevokedKeys.isRevoked("a", before, keys(Map.of("a", now))));
        assertThat(RevokedKeys.isRevoked(
                        "a", before, keys(Map.of("a", opening("default", Optional.empty(), Optional.empty())))))
                .isFalse();
    }

    @Test
    void aKeyThatMayLookInsideTheServerNowIsNotRevoked() {
        assertThat(RevokedKeys.isRevoked("a", keys(Map.of("a", KEY)), keys(Map.of("a", new ApiKey("aa", true)))))
                .isFalse();
    }

    @Test
    void withTheFirstKeyAnybodyIsLetInNoMore() {
        assertThat(RevokedKeys.isRevoked("", keys(Map.of()), keys(Map.of("a", KEY))))
                .isTrue();
        assertThat(RevokedKeys.isRevoked("", keys(Map.of()), keys(Map.of()))).isFalse();
        assertThat(RevokedKeys.isRevoked("a", keys(Map.of("a", KEY)), keys(Map.of())))
                .isTrue();
    }

    private static ApiKey opening(String namespace, Optional<Set<String>> scopes, Optional<Set<String>> groups) {
        return new ApiKey("aa", false, namespace, scopes, groups, Map.of());
    }

    private static Security keys(Map<String, ApiKey> keys) {
        return new Security(keys, Optional.empty());
    }
}
