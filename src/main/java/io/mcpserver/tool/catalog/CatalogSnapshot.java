package io.mcpserver.tool.catalog;

import io.mcpserver.tool.Offer;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolSpec;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * All that is offered at one moment, by name. Immutable, so whoever answers a request asks for it once and sees nothing
 * half done.
 */
public final class CatalogSnapshot {

    private final SortedMap<String, ToolSpec> tools;
    private final SortedMap<String, PromptSpec> prompts;
    private final SortedMap<String, ResourceSpec> resources;

    /** @param offer in which each name, and each address, occurs once */
    CatalogSnapshot(Offer offer) {
        this.tools = sorted(offer.tools(), ToolSpec::name);
        this.prompts = sorted(offer.prompts(), PromptSpec::name);
        this.resources = sorted(offer.resources(), ResourceSpec::uri);
    }

    private static <T> SortedMap<String, T> sorted(List<T> all, Function<T, String> name) {
        SortedMap<String, T> byName = new TreeMap<>();
        all.forEach(each -> byName.put(name.apply(each), each));
        return Collections.unmodifiableSortedMap(byName);
    }

    /** The tool of that name. */
    public Optional<ToolSpec> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** All tools, by name. */
    public Collection<ToolSpec> tools() {
        return tools.values();
    }

    /** The prompt of that name, unless the MCP extension has it. */
    public Optional<PromptSpec> prompt(String name) {
        return Optional.ofNullable(prompts.get(name));
    }

    /** All prompts but those of the MCP extension, by name. */
    public Collection<PromptSpec> prompts() {
        return prompts.values();
    }

    /** The resource of that address, unless the MCP extension has it. */
    public Optional<ResourceSpec> resource(String uri) {
        return Optional.ofNullable(resources.get(uri));
    }

    /** All resources but those of the MCP extension, by address. */
    public Collection<ResourceSpec> resources() {
        return resources.values();
    }

    /** What is not as it was: lists that a client would see in another way, or tools that do what they do in another way. */
    Set<OfferKind> changesSince(CatalogSnapshot before) {
        Set<OfferKind> changes = EnumSet.noneOf(OfferKind.class);
        if (!same(before.tools(), tools(), CatalogSnapshot::sameTool)) {
            changes.add(OfferKind.TOOLS);
        }
        if (!same(before.prompts(), prompts(), CatalogSnapshot::samePrompt)) {
            changes.add(OfferKind.PROMPTS);
        }
        if (!same(before.resources(), resources(), CatalogSnapshot::sameResource)) {
            changes.add(OfferKind.RESOURCES);
        }
        return changes;
    }

    private static <T> boolean same(Collection<T> before, Collection<T> after, BiPredicate<T, T> alike) {
        if (before.size() != after.size()) {
            return false;
        }
        Iterator<T> others = after.iterator();
        return before.stream().allMatch(each -> {
            T other = others.next();
            return each == other || alike.test(each, other);
        });
    }

    private static boolean sameTool(ToolSpec a, ToolSpec b) {
        return Objects.equals(a.name(), b.name())
                && Objects.equals(a.version(), b.version())
                && Objects.equals(a.title(), b.title())
                && Objects.equals(a.description(), b.description())
                && Objects.equals(a.hints(), b.hints())
                && Objects.equals(a.icons(), b.icons())
                && Objects.equals(a.policy().groups(), b.policy().groups())
                && Objects.equals(a.policy().scope(), b.policy().scope())
                && Objects.equals(a.inputSchema(), b.inputSchema())
                && Objects.equals(a.outputSchema(), b.outputSchema());
    }

    private static boolean samePrompt(PromptSpec a, PromptSpec b) {
        return Objects.equals(a.name(), b.name())
                && Objects.equals(a.title(), b.title())
                && Objects.equals(a.description(), b.description())
                && Objects.equals(a.arguments(), b.arguments());
    }

    private static boolean sameResource(ResourceSpec a, ResourceSpec b) {
        return Objects.equals(a.uri(), b.uri())
                && Objects.equals(a.name(), b.name())
                && Objects.equals(a.title(), b.title())
                && Objects.equals(a.description(), b.description())
                && Objects.equals(a.mimeType(), b.mimeType());
    }
}
