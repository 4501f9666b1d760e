package io.mcpserver.tool.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolCatalogTest {

    private record Fruits(List<ToolSpec> tools) implements ToolProvider {

        Fruits(String... names) {
            this(Stream.of(names).map(ToolCatalogTest::tool).toList());
        }
    }

    private record Vegetables(List<ToolSpec> tools) implements ToolProvider {}

    private static ToolSpec tool(String name) {
        return ToolSpec.named(name).computes(call -> ToolResult.ofText(name));
    }

    @Test
    void theToolsOfAllProvidersAreFoundByName() {
        ToolSpec leek = tool("leek");
        ToolCatalog catalog = new ToolCatalog(List.of(new Fruits("pear", "apple"), new Vegetables(List.of(leek))));

        assertThat(catalog.find("leek")).containsSame(leek);
        assertThat(catalog.find("Leek")).isEmpty();
        assertThat(catalog.tools()).extracting(ToolSpec::name).containsExactly("apple", "leek", "pear");
    }

    @Test
    void twoToolsOfOneNameAreRefusedAndBothProvidersNamed() {
        List<ToolProvider> providers = List.of(new Fruits("tomato"), new Vegetables(List.of(tool("tomato"))));
        assertThatThrownBy(() -> new ToolCatalog(providers))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("tomato", Fruits.class.getName(), Vegetables.class.getName());
    }

    @Test
    void whatIsListedCannotBeChanged() {
        ToolCatalog catalog = new ToolCatalog(List.of(new Fruits("pear")));
        assertThatThrownBy(() -> catalog.tools().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
