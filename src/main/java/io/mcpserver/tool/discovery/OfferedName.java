package io.mcpserver.tool.discovery;

import io.mcpserver.tool.Offer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What bears a name that only one may have. */
public record OfferedName(Kind kind, String name) {

    /** What kinds of names there are; each has names of its own. */
    public enum Kind {
        TOOL,
        PROMPT,
        RESOURCE
    }

    /** All names of an offer, in its order. */
    static List<OfferedName> of(Offer offer) {
        return Stream.of(
                        offer.tools().stream().map(tool -> new OfferedName(Kind.TOOL, tool.name())),
                        offer.prompts().stream().map(prompt -> new OfferedName(Kind.PROMPT, prompt.name())),
                        offer.resources().stream().map(resource -> new OfferedName(Kind.RESOURCE, resource.uri())))
                .flatMap(names -> names)
                .toList();
    }

    /** Such as {@code the tool "add"}. */
    String inWords() {
        return "the " + kind.name().toLowerCase(Locale.ROOT) + " \"" + name + "\"";
    }
}
