package io.mcpserver.server;

import io.mcpserver.tool.Offer;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.discovery.OfferedName;
import io.mcpserver.tool.discovery.ProgramNames;
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
            case TOOL ->
                // Which class it is that has it says nothing to whoever wrote the file.
                catalog.ownerOfTool(name.name()).map(provider -> ProgramNames.OWNER);
            case PROMPT -> catalog.ownerOfPrompt(name.name());
            case RESOURCE -> catalog.ownerOfResource(name.name());
        };
    }

    @Override
    public void replace(Offer discovered) {
        catalog.replace(discovered);
    }
}
