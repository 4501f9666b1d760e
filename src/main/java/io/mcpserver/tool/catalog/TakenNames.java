package io.mcpserver.tool.catalog;

import io.mcpserver.tool.Offer;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sees to it that what is discovered bears no name twice, and none that the program's own tools, prompts and resources
 * have.
 */
final class TakenNames {

    /** Begins the addresses of stored documents. */
    private static final String DOCUMENTS = "storage://";

    /** What the MCP extension offers by itself. */
    interface Extension {

        Extension NOTHING = new Extension() {};

        default boolean hasPrompt(String name) {
            return false;
        }

        default boolean hasResource(String uri) {
            return false;
        }
    }

    private final Map<String, String> owners;
    private final Extension extension;

    /** @param owners of the program's own tools that yield to no other, by the name of the tool */
    TakenNames(Map<String, String> owners, Extension extension) {
        this.owners = Map.copyOf(owners);
        this.extension = extension;
    }

    /** @throws IllegalArgumentException naming both that have one name */
    void refuseClashes(Offer discovered) {
        check("tool", discovered.tools(), ToolSpec::name, this::ownerOfTool);
        check("prompt", discovered.prompts(), PromptSpec::name, this::ownerOfPrompt);
        check("resource", discovered.resources(), ResourceSpec::uri, this::ownerOfResource);
    }

    Optional<String> ownerOfTool(String name) {
        return Optional.ofNullable(owners.get(name));
    }

    Optional<String> ownerOfPrompt(String name) {
        return extension.hasPrompt(name) ? Optional.of("the program itself") : Optional.empty();
    }

    Optional<String> ownerOfResource(String uri) {
        if (uri.startsWith(DOCUMENTS)) {
            return Optional.of("stored documents, whose addresses begin with " + DOCUMENTS);
        }
        return extension.hasResource(uri) ? Optional.of("the program itself") : Optional.empty();
    }

    private static <T> void check(
            String what, List<T> all, Function<T, String> nameOf, Function<String, Optional<String>> ownerOf) {
        Map<String, T> seen = new HashMap<>();
        for (T each : all) {
            String name = nameOf.apply(each);
            ownerOf.apply(name).ifPresent(owner -> {
                throw new IllegalArgumentException(
                        "The %s %s of a tool file has the name of one of %s; rename it.".formatted(what, name, owner));
            });
            if (seen.putIfAbsent(name, each) != null) {
                throw new IllegalArgumentException(
                        "Two %ss of tool files are called %s (\"%s\" and \"%s\"); rename either."
                                .formatted(what, name, titleOf(seen.get(name)), titleOf(each)));
            }
        }
    }

    private static String titleOf(Object spec) {
        return switch (spec) {
            case ToolSpec tool -> tool.title();
            case PromptSpec prompt -> prompt.title();
            case ResourceSpec resource -> resource.title();
            default -> spec.toString();
        };
    }
}
