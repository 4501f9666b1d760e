package io.mcpserver.tool.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LiveKey;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolOfferingTest {

    private record Tools(List<ToolSpec> tools) implements ToolProvider {}

    private final ToolCatalog catalog = new ToolCatalog(List.of(new Tools(List.of(
            tool("notes_read", Set.of(), Optional.empty()),
            tool("notes_write", Set.of(), Optional.of("write")),
            tool("sales_total", Set.of("reporting", "sales"), Optional.empty()),
            tool("costs_total", Set.of("reporting"), Optional.empty()),
            tool(ToolOffering.SEARCH, Set.of(), Optional.empty()),
            tool(ToolOffering.CALL, Set.of(), Optional.empty())))));

    private final LiveConfig config = new LiveConfig(TestConfigs.of());
    private final ToolOffering offering = new ToolOffering(catalog, config);

    @Test
    void everythingIsOfferedButWhatFindsOthers() {
        assertThat(shown(ToolCaller.ANYBODY))
                .containsExactly("costs_total", "notes_read", "notes_write", "sales_total");
        assertThat(offering.find(ToolOffering.SEARCH, ToolCaller.ANYBODY)).isEmpty();
    }

    @Test
    @LiveKey({"tools.include", "tools.exclude"})
    void whatIsNotIncludedOrIsExcludedIsNeitherShownNorFoundFromTheChangeOn() {
        change("tools.include=notes_*,sales_*", "tools.exclude=*_write");

        assertThat(shown(ToolCaller.ANYBODY)).containsExactly("notes_read", "sales_total");
        assertThat(offering.find("notes_write", ToolCaller.ANYBODY)).isEmpty();
        assertThat(offering.find("costs_total", ToolCaller.ANYBODY)).isEmpty();
        assertThat(offering.find("notes_read", ToolCaller.ANYBODY)).isPresent();

        change("tools.include=*", "tools.exclude=");
        assertThat(offering.find("costs_total", ToolCaller.ANYBODY)).isPresent();
    }

    @Test
    void whoSelectsGroupsIsOfferedTheirToolsAndNoOthers() {
        assertThat(shown(selecting("reporting"))).containsExactly("costs_total", "sales_total");
        assertThat(shown(selecting("sales", "no_such"))).containsExactly("sales_total");
        assertThat(shown(selecting("no_such"))).isEmpty();
        assertThat(shown(selecting())).isEmpty();
        assertThat(offering.find("notes_read", selecting("sales"))).isEmpty();
        assertThat(offering.find("costs_total", selecting("sales"))).isEmpty();
        assertThat(offering.find("sales_total", selecting("sales"))).isPresent();
    }

    @Test
    void whoLacksAScopeIsNotShownTheToolButTheCallIsLeftToTheGuard() {
        ToolCaller reader = new ToolCaller("r", "default", Optional.of(Set.of("read")), Optional.empty(), Map.of());
        ToolCaller writer = new ToolCaller("w", "default", Optional.of(Set.of("write")), Optional.empty(), Map.of());

        assertThat(shown(reader)).doesNotContain("notes_write").contains("notes_read");
        assertThat(shown(writer)).contains("notes_write");
        assertThat(offering.find("notes_write", reader)).isPresent();
    }

    @Test
    void nothingIsShownWhereToolsAreSwitchedOffAndTheCallIsLeftToTheGuard() {
        change("tools.enabled=false");

        assertThat(shown(ToolCaller.ANYBODY)).isEmpty();
        assertThat(offering.tools()).isEmpty();
        assertThat(offering.find("notes_read", ToolCaller.ANYBODY)).isPresent();
    }

    @Test
    @LiveKey("tools.discovery")
    void whereToolsAreSearchedOnlyWhatFindsThemIsShownAndAllCanBeCalled() {
        change("tools.include=notes_*", "tools.discovery=search");

        assertThat(shown(ToolCaller.ANYBODY)).containsExactly(ToolOffering.CALL, ToolOffering.SEARCH);
        assertThat(shown(selecting("sales"))).containsExactly(ToolOffering.CALL, ToolOffering.SEARCH);
        assertThat(offering.find("notes_read", ToolCaller.ANYBODY)).isPresent();
        assertThat(offering.find(ToolOffering.CALL, ToolCaller.ANYBODY)).isPresent();
        assertThat(offering.offered(ToolCaller.ANYBODY))
                .extracting(ToolSpec::name)
                .containsExactly("notes_read", "notes_write");
    }

    private List<String> shown(ToolCaller caller) {
        return offering.shown(caller).stream().map(ToolSpec::name).toList();
    }

    private void change(String... settings) {
        config.replace(TestConfigs.with(config.now(), settings));
    }

    private static ToolCaller selecting(String... groups) {
        return new ToolCaller("", "default", Optional.empty(), Optional.of(Set.of(groups)), Map.of());
    }

    private static ToolSpec tool(String name, Set<String> groups, Optional<String> scope) {
        return ToolSpec.named(name)
                .policy(new ToolPolicy(Optional.empty(), Optional.empty(), scope, Optional.empty(), false, groups))
                .computes(call -> ToolResult.ofText(name));
    }
}
