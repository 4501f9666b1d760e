package io.mcpserver.tool.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.tool.Offer;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolCatalogTest {

    private record Fruits(List<ToolSpec> tools) implements ToolProvider {

        Fruits(String... names) {
            this(Stream.of(names).map(ToolCatalogTest::tool).toList());
        }
    }

    private record Vegetables(List<ToolSpec> tools) implements ToolProvider {}

    private record Samples(List<ToolSpec> tools) implements ToolProvider {

        @Override
        public boolean yields() {
            return true;
        }
    }

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

    @Test
    void whatIsDiscoveredIsOfferedBesidesWhatIsBuiltInUntilItIsReplaced() {
        ToolCatalog catalog = new ToolCatalog(List.of(new Fruits("pear")));

        catalog.replace(offer(tool("kale"), tool("leek")));
        CatalogSnapshot before = catalog.now();
        catalog.replace(offer(tool("leek")));

        assertThat(before.tools()).extracting(ToolSpec::name).containsExactly("kale", "leek", "pear");
        assertThat(catalog.tools()).extracting(ToolSpec::name).containsExactly("leek", "pear");
        assertThat(catalog.find("pear").orElseThrow().builtIn()).isTrue();
        assertThat(catalog.find("leek").orElseThrow().builtIn()).isFalse();
    }

    @Test
    void aDiscoveredToolWithTheNameOfABuiltInOneIsRefusedAndBothAreNamed() {
        ToolCatalog catalog = new ToolCatalog(List.of(new Fruits("pear")));
        catalog.replace(offer(tool("leek")));

        assertThatThrownBy(() -> catalog.replace(offer(tool("pear"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("pear", Fruits.class.getName());
        assertThat(catalog.find("leek")).isPresent();
    }

    @Test
    void aDiscoveredToolStandsInForOneWhoseProviderYieldsAsLongAsItIsThere() {
        ToolSpec sample = tool("sum");
        ToolCatalog catalog = new ToolCatalog(List.of(new Fruits("pear"), new Samples(List.of(sample))));
        List<Set<OfferKind>> told = new ArrayList<>();
        catalog.onChange(told::add);
        assertThat(catalog.ownerOfTool("sum")).isEmpty();
        assertThat(catalog.ownerOfTool("pear")).isPresent();

        catalog.replace(offer(versioned("sum", "2")));
        assertThat(catalog.find("sum").orElseThrow().version()).isEqualTo("2");
        assertThat(catalog.tools()).extracting(ToolSpec::name).containsExactly("pear", "sum");

        catalog.replace(Offer.NOTHING);
        assertThat(catalog.find("sum")).containsSame(sample);
        assertThat(told).containsExactly(Set.of(OfferKind.TOOLS), Set.of(OfferKind.TOOLS));
    }

    @Test
    void aToolThatYieldsDoesNotYieldToOneThatComesWithTheProgram() {
        List<ToolProvider> providers = List.of(new Samples(List.of(tool("pear"))), new Fruits("pear"));
        assertThatThrownBy(() -> new ToolCatalog(providers)).hasMessageContaining("pear");
    }

    @Test
    void twoDiscoveredToolsOfOneNameAreRefusedAndBothAreNamed() {
        ToolCatalog catalog = new ToolCatalog(List.of());
        ToolSpec green = ToolSpec.named("pepper").title("Green").computes(call -> ToolResult.ofText(""));
        ToolSpec red = ToolSpec.named("pepper").title("Red").computes(call -> ToolResult.ofText(""));

        assertThatThrownBy(() -> catalog.replace(offer(green, red)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("pepper", "Green", "Red");
    }

    @Test
    void aResourceWithTheAddressOfADocumentIsRefused() {
        ResourceSpec resource = new ResourceSpec("storage://notes/1", "n", "t", "d", "text/plain", caller -> "");
        ToolCatalog catalog = new ToolCatalog(List.of());

        assertThatThrownBy(() -> catalog.replace(new Offer(List.of(), List.of(), List.of(resource))))
                .hasMessageContainingAll("storage://notes/1", "stored documents");
    }

    @Test
    void eachChangeIsToldOnceAndOnlyWhatChanged() {
        ToolCatalog catalog = new ToolCatalog(List.of(new Fruits("pear")));
        List<Set<OfferKind>> told = new ArrayList<>();
        catalog.onChange(told::add);
        PromptSpec prompt = prompt("p", "first");

        catalog.replace(offer(tool("leek")).and(new Offer(List.of(), List.of(prompt), List.of())));
        catalog.replace(offer(tool("leek")).and(new Offer(List.of(), List.of(prompt("p", "first")), List.of())));
        catalog.replace(offer(tool("leek")).and(new Offer(List.of(), List.of(prompt("p", "other")), List.of())));
        catalog.replace(
                offer(versioned("leek", "2")).and(new Offer(List.of(), List.of(prompt("p", "other")), List.of())));
        catalog.replace(Offer.NOTHING);
        catalog.replace(Offer.NOTHING);

        assertThat(told)
                .containsExactly(
                        Set.of(OfferKind.TOOLS, OfferKind.PROMPTS),
                        Set.of(OfferKind.PROMPTS),
                        Set.of(OfferKind.TOOLS),
                        Set.of(OfferKind.TOOLS, OfferKind.PROMPTS));
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheOthers() {
        ToolCatalog catalog = new ToolCatalog(List.of());
        List<Set<OfferKind>> told = new ArrayList<>();
        catalog.onChange(changes -> {
            throw new IllegalStateException("not listening");
        });
        catalog.onChange(told::add);

        catalog.replace(offer(tool("leek")));

        assertThat(told).hasSize(1);
        assertThat(catalog.find("leek")).isPresent();
    }

    private static Offer offer(ToolSpec... tools) {
        return new Offer(List.of(tools), List.of(), List.of());
    }

    private static ToolSpec versioned(String name, String version) {
        return ToolSpec.named(name).version(version).computes(call -> ToolResult.ofText(name));
    }

    private static PromptSpec prompt(String name, String description) {
        return new PromptSpec(name, name, description, List.of(), (arguments, caller) -> List.of());
    }
}
