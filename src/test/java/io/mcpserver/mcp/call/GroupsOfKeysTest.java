package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.ApiKey;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the holder of a key is offered, where keys have groups and scopes. */
@QuarkusTest
@TestProfile(GroupsOfKeysTest.Keys.class)
class GroupsOfKeysTest {

    private static final String REPORTER = "Bearer first";
    private static final String ANYTHING = "Bearer second";
    private static final String FIRST_HASH = "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e";
    private static final String SECOND_HASH = "16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4";

    public static class Keys implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Beans.class);
        }
    }

    @Alternative
    @Singleton
    static class Beans {

        @Produces
        @Singleton
        @Alternative
        ServerConfig config() throws IOException {
            Path data = Files.createTempDirectory(Path.of("target"), "groups").toAbsolutePath();
            return TestConfigs.replacing(
                    ToolTestProfile.config(data, "none", true),
                    "security.api_keys",
                    Map.of(
                            "reporter",
                            new ApiKey(
                                    FIRST_HASH,
                                    false,
                                    "default",
                                    Optional.of(Set.of("read")),
                                    Optional.of(Set.of("reporting")),
                                    Map.of()),
                            "anything",
                            new ApiKey(SECOND_HASH, false)));
        }
    }

    @TestHTTPResource("/")
    URI server;

    @Inject
    ToolCatalog catalog;

    @BeforeEach
    void discover() {
        catalog.replace(new Offer(
                List.of(
                        tool("sales_total", Optional.empty(), "reporting", "sales"),
                        tool("costs_total", Optional.empty(), "reporting"),
                        tool("costs_close", Optional.of("close"), "reporting"),
                        tool("refund", Optional.empty(), "sales")),
                List.of(),
                List.of()));
    }

    @Test
    void theHolderOfAKeyWithGroupsIsOfferedTheirToolsAndThoseItHasTheScopeFor() {
        assertThat(list(REPORTER, "")).containsExactly("costs_total", "sales_total");
        assertThat(list(ANYTHING, "")).contains("costs_close", "costs_total", "refund", "sales_total", "storage_save");
    }

    @Test
    void aUrlSelectsAmongTheGroupsOfTheKeyAndNoOthers() {
        assertThat(list(REPORTER, "?group=reporting")).containsExactly("costs_total", "sales_total");
        assertThat(list(REPORTER, "?group=sales")).isEmpty();
        assertThat(list(ANYTHING, "?group=sales")).containsExactly("refund", "sales_total");
    }

    @Test
    void aToolOfAnotherGroupIsUnknownAndOneOfAnotherScopeForbidden() {
        assertThat(call(REPORTER, "refund").getJsonObject("error").getInteger("code"))
                .isEqualTo(-32602);
        assertThat(call(REPORTER, "storage_collections").getJsonObject("error").getInteger("code"))
                .isEqualTo(-32602);
        JsonObject forbidden = call(REPORTER, "costs_close").getJsonObject("result");
        assertThat(forbidden.getBoolean("isError")).isTrue();
        assertThat(forbidden
                        .getJsonObject("structuredContent")
                        .getJsonObject("error")
                        .getString("code"))
                .isEqualTo("FORBIDDEN");
        assertThat(call(REPORTER, "costs_total").getJsonObject("result").getBoolean("isError"))
                .isFalse();
        assertThat(call(ANYTHING, "costs_close").getJsonObject("result").getBoolean("isError"))
                .isFalse();
    }

    private List<String> list(String key, String query) {
        JsonObject answer = new JsonObject(RawHttp.get(server, "/tools/list" + query)
                .header("Authorization", key)
                .send()
                .body());
        return answer.getJsonArray("tools").stream()
                .map(tool -> ((JsonObject) tool).getString("name"))
                .filter(name -> !name.startsWith("test_"))
                .toList();
    }

    private JsonObject call(String key, String tool) {
        return new JsonObject(RawHttp.post(server, "/tools/call", McpMessages.call(1, tool, new JsonObject()))
                .header("Authorization", key)
                .send()
                .body());
    }

    private static ToolSpec tool(String name, Optional<String> scope, String... groups) {
        return ToolSpec.named(name)
                .policy(new ToolPolicy(
                        Optional.empty(), Optional.empty(), scope, Optional.empty(), false, Set.of(groups)))
                .computes(call -> ToolResult.ofText(name));
    }
}
