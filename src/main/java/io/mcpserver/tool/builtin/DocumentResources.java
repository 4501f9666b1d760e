package io.mcpserver.tool.builtin;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.documents.DocumentAnswer;
import io.mcpserver.tool.guard.ReadGuard;
import io.quarkiverse.mcp.server.CompleteArg;
import io.quarkiverse.mcp.server.CompleteContext;
import io.quarkiverse.mcp.server.CompleteResourceTemplate;
import io.quarkiverse.mcp.server.CompletionResponse;
import io.quarkiverse.mcp.server.RequestUri;
import io.quarkiverse.mcp.server.ResourceTemplate;
import io.quarkiverse.mcp.server.ResourceTemplateArg;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Stored documents as resources, {@code storage://{collection}/{id}}. */
@Singleton
public class DocumentResources {

    private static final String DOCUMENT = "document";
    private static final String JSON = "application/json";

    private final ReadGuard guard;
    private final StoreService stores;
    private final Completions completions;

    public DocumentResources(ReadGuard guard, StoreService stores, Completions completions) {
        this.guard = guard;
        this.stores = stores;
        this.completions = completions;
    }

    @ResourceTemplate(
            name = DOCUMENT,
            title = "A stored document",
            uriTemplate = "storage://{collection}/{id}",
            mimeType = JSON,
            description = """
                    One document of a collection as JSON: id, content, version, created, updated. The id is \
                    percent-encoded: a/b is a%2Fb.""")
    Uni<TextResourceContents> document(
            @ResourceTemplateArg(name = "collection") String collection,
            @ResourceTemplateArg(name = "id") String id,
            RequestUri uri) {
        return guard.read("Reading " + uri.value(), () -> {
            Document document = load(DocumentUri.decode(collection), DocumentUri.decode(id));
            return new TextResourceContents(
                    uri.value(), DocumentAnswer.of(document).toString(), JSON);
        });
    }

    private Document load(String collection, String id) {
        return Optional.ofNullable(stores.store().load(collection, List.of(id)).get(id))
                .orElseThrow(() -> new CodedException(
                        ErrorCode.NOT_FOUND,
                        ("There is no document \"%s\" in the collection \"%s\"; storage_search and storage_query find"
                                        + " those that there are.")
                                .formatted(id, collection)));
    }

    @CompleteResourceTemplate(DOCUMENT)
    Uni<CompletionResponse> completeCollection(@CompleteArg(name = "collection") String collection) {
        return guard.read("Completing a collection", () -> completions.collections(collection));
    }

    @CompleteResourceTemplate(DOCUMENT)
    Uni<CompletionResponse> completeId(@CompleteArg(name = "id") String id, CompleteContext context) {
        Optional<String> collection = Optional.ofNullable(context.arguments()).map(given -> given.get("collection"));
        return guard.read("Completing an id", () -> completions.ids(collection, id));
    }
}
