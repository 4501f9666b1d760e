package io.mcpserver.tool.catalog;

/** The kinds of things that are offered to clients. */
public enum OfferKind {
    TOOLS("tools"),
    PROMPTS("prompts"),
    RESOURCES("resources");

    private final String word;

    OfferKind(String word) {
        this.word = word;
    }

    /** The name in the protocol. */
    public String word() {
        return word;
    }
}
