package io.mcpserver.server;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.discovery.OfferedName;
import io.mcpserver.tool.discovery.ProgramNames;
import io.mcpserver.tool.discovery.ToolOutlet;
import java.util.List;
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
    public Swap prepare(Offer discovered) {
        ToolCatalog.Replacement ready = catalog.prepare(discovered);
        return new Swap() {

            @Override
            public List<LiveConfig.Next<?>> together() {
                return List.of(ready.next());
            }

            @Override
            public void take() {
                ready.take();
            }
        };
    }
}
