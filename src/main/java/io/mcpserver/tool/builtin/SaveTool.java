package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ResultBudget;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** {@code storage_save}. */
@Singleton
public class SaveTool implements ToolProvider {

    private static final String SAVE = "storage_save";

    /** Documents up to which a save is too short for words on its progress. */
    private static final int SAVED_UNTOLD = 100;

    private final StoreService stores;
    private final StorageMetrics metrics;
    private final LiveConfig config;

    public SaveTool(StoreService stores, StorageMetrics metrics, LiveConfig config) {
        this.stores = stores;
        this.metrics = metrics;
        this.config = config;
    }

    public record Arguments(String collection, List<Item> documents) {}

    public record Item(
            Optional<String> id,
            ObjectNode content,
            @JsonProperty("expected_version") OptionalLong expectedVersion) {

        DocumentToSave toSave() {
            String chosen = id.orElseGet(() -> UuidCreator.getTimeOrderedEpoch().toString());
            return new DocumentToSave(chosen, content, expectedVersion, List.of());
        }
    }

    @Override
    public List<ToolSpec> tools() {
        return List.of(ToolSpec.named(SAVE)
                .title("Save documents")
                .description("""
                    Stores JSON documents durably in a named collection, so that you or another agent can find them \
                    again in a later conversation. Replaces documents that have the same id. Use it for anything worth \
                    remembering: notes, decisions, facts, results. A few short fields with clear names (title, text, \
                    tags, date) are found best. To change one field, storage_load the document, change its content and \
                    save the whole again with expected_version. Example: {"collection": "notes", "documents": [{"id": \
                    "release-plan", "content": {"title": "Release plan", "text": "We ship on Friday.", "tags": \
                    ["team"]}}]}.""")
                .hints(new Hints(false, true, false, false))
                .schemas(ToolSchemas.of(SAVE))
                .blocks(call -> save(call.arguments(Arguments.class), call.client())));
    }

    private ToolResult save(Arguments arguments, ToolClient client) {
        refuseRepeatedIds(arguments.documents());
        List<DocumentToSave> documents =
                arguments.documents().stream().map(Item::toSave).toList();
        List<Saved> saved = documents.size() > SAVED_UNTOLD && client.wantsProgress()
                ? saveAndTell(arguments.collection(), documents, client)
                : stores.store().save(arguments.collection(), documents);
        metrics.saved(saved.size());
        return result(saved);
    }

    /** Each document counts twice: when it is ready to be written, and, with all others at once, when it is durable. */
    private List<Saved> saveAndTell(String collection, List<DocumentToSave> documents, ToolClient client) {
        int count = documents.size();
        int total = 2 * count;
        client.progress(0, total, "%,d documents are checked.".formatted(count));
        List<Saved> saved = stores.store()
                .save(
                        collection,
                        documents,
                        ready -> client.progress(
                                ready, total, "%,d of %,d documents are ready to be saved.".formatted(ready, count)));
        client.progress(total, total, "All %,d documents are saved.".formatted(count));
        return saved;
    }

    private static void refuseRepeatedIds(List<Item> documents) {
        Set<String> seen = new HashSet<>();
        for (Item document : documents) {
            document.id().filter(id -> !seen.add(id)).ifPresent(id -> {
                throw new CodedException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The id \"%s\" occurs twice in documents; save each id once in a call.".formatted(id));
            });
        }
    }

    private ToolResult result(List<Saved> saved) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode list = result.putArray("saved");
        ResultBudget budget = new ResultBudget(maxBytes());
        for (Saved one : saved) {
            ObjectNode entry = result.objectNode();
            entry.put("id", one.id()).put("version", one.version()).put("created", one.created());
            if (!budget.take(entry)) {
                result.put(
                        "note",
                        ("All %d documents were saved; only the first %d are listed. Give ids of your own, or save fewer"
                                        + " at once, if you need the others.")
                                .formatted(saved.size(), list.size()));
                break;
            }
            list.add(entry);
        }
        return ToolResult.of(result);
    }

    private int maxBytes() {
        return config.now().tools().maxResultBytes();
    }
}
