package io.mcpserver.server;

import io.mcpserver.tool.Offer;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.discovery.OfferedName;
import io.mcpserver.tool.discovery.ToolOutlet;
import java.util.Optional;

/** Offers what was discovered in the catalog. */
final class CatalogOutlet implements ToolOutlet {

    private final ToolCatalog catalog;

    CatalogOutlet(ToolCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Optional<String> owner(OfferedName name) {
        return switch (name.kind()) {
            case TOOL -> catalog.ownerOfTool(name.name());
            case PROMPT -> catalog.ownerOfPrompt(name.name());
            case RESOURCE -> catalog.ownerOfResource(name.name());
        };
    }

    @Override
    public void replace(Offer discovered) {
        catalog.replace(discovered);
    }
}
