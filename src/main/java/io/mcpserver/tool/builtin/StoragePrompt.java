package io.mcpserver.tool.builtin;

import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.guard.ReadGuard;
import io.quarkiverse.mcp.server.CompleteArg;
import io.quarkiverse.mcp.server.CompletePrompt;
import io.quarkiverse.mcp.server.CompletionResponse;
import io.quarkiverse.mcp.server.Prompt;
import io.quarkiverse.mcp.server.PromptArg;
import io.quarkiverse.mcp.server.PromptMessage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The prompt {@code how_to_use_storage}, which teaches an agent the store and shows what it holds now. */
@Singleton
public class StoragePrompt {

    private static final String NAME = "how_to_use_storage";

    /** Collections shown; an agent lists more with storage_collections. */
    private static final int SHOWN = 50;

    private static final String LESSON = """
            You have a durable document store. What you save there survives this conversation and can be found again \
            by you and by other agents.

            A document is a JSON object (its content) with an id, in a named collection. How to work with it:
            1. Before you answer from memory, look: storage_search with a question in plain words finds documents by \
            meaning and by words, best first. Leave out collection to search everything.
            2. For exact conditions, counting, sorting or listing use storage_query, for example {"collection": \
            "notes", "filter": {"tags": {"$contains": "team"}}, "sort": ["-created"], "limit": 10}. Follow next_cursor \
            for more; name fields to keep answers short.
            3. When you know the ids, storage_load reads the documents whole.
            4. When you learn something worth keeping, storage_save it: one subject a document, a speaking title, the \
            text in full sentences, tags and dates in fields of their own. Choose an id that you would guess again \
            (release-plan), so that saving again replaces rather than repeats.
            5. To change a document, load it, change its content, and save the whole with expected_version set to the \
            version that you loaded. On CONFLICT load it again and repeat the change.
            6. storage_delete is for good. Query with the same filter first.
            If a call fails, its error says what to do; retryable tells whether the same call may succeed later.
            """;

    private final ReadGuard guard;
    private final StoreService stores;
    private final Completions completions;

    public StoragePrompt(ReadGuard guard, StoreService stores, Completions completions) {
        this.guard = guard;
        this.stores = stores;
        this.completions = completions;
    }

    @Prompt(
            name = NAME,
            title = "How to use the store",
            description = "Teaches an agent to save, find and change documents here, and shows what is stored.")
    Uni<PromptMessage> teach(
            @PromptArg(
                            name = "collection",
                            required = false,
                            description = "The collection to work in; left out: the agent sees all of them.")
                    String collection) {
        return guard.read(
                "Making the prompt " + NAME,
                () -> PromptMessage.withUserRole(LESSON
                        + "\n"
                        + Optional.ofNullable(collection)
                                .filter(name -> !name.isBlank())
                                .map(this::one)
                                .orElseGet(this::all)));
    }

    @CompletePrompt(NAME)
    Uni<CompletionResponse> completeCollection(@CompleteArg(name = "collection") String collection) {
        return guard.read("Completing a collection", () -> completions.collections(collection));
    }

    private String one(String name) {
        String state = stores.store().collections().stream()
                .filter(collection -> collection.name().equals(name))
                .findFirst()
                .map(StoragePrompt::line)
                .orElse("- " + name + ": empty; it comes into being with its first document");
        return "Work in this collection:\n" + state;
    }

    private String all() {
        List<CollectionInfo> collections = stores.store().collections();
        if (collections.isEmpty()) {
            return "Nothing is stored yet; a collection comes into being with its first document.";
        }
        String more = collections.size() > SHOWN
                ? "\n- and %d more: storage_collections lists them".formatted(collections.size() - SHOWN)
                : "";
        return collections.stream()
                .limit(SHOWN)
                .map(StoragePrompt::line)
                .collect(Collectors.joining("\n", "These collections hold documents:\n", more));
    }

    private static String line(CollectionInfo collection) {
        return "- %s: %,d documents".formatted(collection.name(), collection.documents());
    }
}
