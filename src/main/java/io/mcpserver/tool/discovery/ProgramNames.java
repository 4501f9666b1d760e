package io.mcpserver.tool.discovery;

import io.mcpserver.tool.ToolSchemas;
import java.util.Optional;
import java.util.Set;

/** The names that come with the program, as they can be told without a server; a test holds them against a server. */
public final class ProgramNames {

    /** Who has the names of tools and prompts that come with the program. */
    public static final String OWNER = "the program itself";

    private static final Set<String> PROMPTS = Set.of("how_to_use_storage");
    private static final String DOCUMENTS = "storage://";

    private ProgramNames() {}

    /** Who has a name that no file may have, in words; empty where it is free. */
    public static Optional<String> owner(OfferedName name) {
        return switch (name.kind()) {
            case TOOL -> ToolSchemas.has(name.name()) ? Optional.of(OWNER) : Optional.empty();
            case PROMPT -> PROMPTS.contains(name.name()) ? Optional.of(OWNER) : Optional.empty();
            case RESOURCE ->
                name.name().startsWith(DOCUMENTS)
                        ? Optional.of("stored documents, whose addresses begin with " + DOCUMENTS)
                        : Optional.empty();
        };
    }
}
