package io.mcpserver.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.discovery.OfferedName;
import io.mcpserver.tool.discovery.ToolOutlet;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.guard.ToolGuard;
import jakarta.enterprise.inject.Instance;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Offers what was discovered in the catalog; tests call through the guard, as clients do. */
final class CatalogOutlet implements ToolOutlet {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ToolCatalog catalog;
    private final Instance<ToolGuard> guard;

    CatalogOutlet(ToolCatalog catalog, Instance<ToolGuard> guard) {
        this.catalog = catalog;
        this.guard = guard;
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

    @Override
    public FileTest.Bench bench(Collection<ToolSpec> tools) {
        Map<String, ToolSpec> byName = tools.stream()
                .map(ToolSpec::asDiscovered)
                .collect(Collectors.toMap(ToolSpec::name, Function.identity(), (first, again) -> first));
        return (name, arguments, caller) -> guard.get()
                .call(
                        byName.get(name),
                        JSON.convertValue(arguments, new TypeReference<Map<String, Object>>() {}),
                        caller,
                        ToolClient.SILENT)
                .outcome()
                .toCompletableFuture()
                .join();
    }
}
