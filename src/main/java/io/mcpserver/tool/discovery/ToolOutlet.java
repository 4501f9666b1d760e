package io.mcpserver.tool.discovery;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.tool.Offer;
import java.util.List;
import java.util.Optional;

/** Where what was discovered is offered. */
public interface ToolOutlet {

    /** An offer that is ready to take the place of the one before. */
    interface Swap {

        /** What has to come into force with a configuration so that this is offered from the same moment on. */
        default List<LiveConfig.Next<?>> together() {
            return List.of();
        }

        /** Offers it at once, if it is not offered yet, and tells what has changed. Must not fail. */
        void take();
    }

    /** Who has a name that no file may have, in words such as {@code the program itself}; empty where it is free. */
    Optional<String> owner(OfferedName name);

    /**
     * Makes ready to offer this in place of what was discovered before; nothing has changed yet, and nothing will if the
     * swap is forgotten.
     *
     * @throws RuntimeException if it cannot be offered
     */
    Swap prepare(Offer discovered);
}
