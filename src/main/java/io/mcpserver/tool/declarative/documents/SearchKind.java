package io.mcpserver.tool.declarative.documents;

import io.mcpserver.storage.Search;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.KindHandler;
import io.mcpserver.tool.documents.SearchAnswer;
import io.mcpserver.tool.file.Surroundings;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** {@code search}: documents by meaning and by words, answered as by {@code storage_search}. */
public final class SearchKind extends ReadingKind {

    @Override
    public String name() {
        return "search";
    }

    @Override
    public Optional<KindHandler> handler(KindBody body, Surroundings surroundings) {
        Function<Inputs, Optional<String>> text = Filled.text(body, "query");
        Function<Inputs, Optional<String>> collection = ReadCollections.filled(body);
        FilterTemplate.Filling where = FilterTemplate.read(body);
        Function<Inputs, Optional<Integer>> limit = Filled.number(body, "limit");
        Search.Mode mode =
                Search.Mode.valueOf(body.json().path("mode").asText("hybrid").toUpperCase(Locale.ROOT));
        return Optional.of((inputs, call) -> {
            Search search = new Search(
                    text.apply(inputs).orElse(""),
                    collection.apply(inputs),
                    mode,
                    where.filter(inputs),
                    limit.apply(inputs).orElse(SearchAnswer.DEFAULT_LIMIT),
                    false);
            return SearchAnswer.of(
                    surroundings.store().search(search),
                    surroundings.config().tools().maxResultBytes());
        });
    }
}
