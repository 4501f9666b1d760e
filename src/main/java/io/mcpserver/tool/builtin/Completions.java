package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Filter.Compare;
import io.mcpserver.storage.Filter.Operator;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.service.StoreService;
import io.quarkiverse.mcp.server.CompletionResponse;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Names that begin with what was typed, at most 100 as the protocol demands. */
@Singleton
public class Completions {

    private static final int MOST = 100;
    private static final String ID = "id";

    /** Sorts after every character that can follow a prefix. */
    private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

    private final StoreService stores;

    public Completions(StoreService stores) {
        this.stores = stores;
    }

    /** Collections that hold a document. */
    CompletionResponse collections(String prefix) {
        List<String> names = stores.store().collections().stream()
                .map(CollectionInfo::name)
                .filter(name -> name.startsWith(prefix))
                .toList();
        List<String> shown = names.subList(0, Math.min(MOST, names.size()));
        return new CompletionResponse(shown, names.size(), shown.size() < names.size());
    }

    /** Ids in a collection, percent-encoded as they stand in a URI; none where the collection is not known yet. */
    CompletionResponse ids(Optional<String> collection, String prefix) {
        if (collection.isEmpty() || collection.get().isBlank()) {
            return new CompletionResponse(List.of(), 0, false);
        }
        String plain = DocumentUri.decode(prefix);
        Filter filter = plain.isEmpty()
                ? Filter.ALL
                : new Filter.And(List.of(
                        new Compare(ID, Operator.GTE, TextNode.valueOf(plain)),
                        new Compare(ID, Operator.LT, TextNode.valueOf(plain + LAST))));
        Query query = new Query(
                DocumentUri.decode(collection.get()),
                filter,
                List.of(new Query.Sort(ID, false)),
                MOST,
                Optional.empty());
        Query.Page page = stores.store().query(query);
        List<String> ids = page.documents().stream()
                .map(Document::id)
                .map(DocumentUri::encode)
                .toList();
        return new CompletionResponse(
                ids,
                (int) Math.min(page.total(), Integer.MAX_VALUE),
                page.nextCursor().isPresent());
    }
}
