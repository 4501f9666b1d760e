package io.mcpserver.tool.discovery;

import io.mcpserver.tool.Offer;
import java.util.Optional;

/** Where what was discovered is offered. */
public interface ToolOutlet {

    /** Who has a name that no file may have, in words such as {@code the program itself}; empty where it is free. */
    Optional<String> owner(OfferedName name);

    /**
     * Offers this in place of what was discovered before, at once.
     *
     * @throws RuntimeException if it cannot; then nothing has changed
     */
    void replace(Offer discovered);
}
