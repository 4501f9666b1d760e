package io.mcpserver.tool.declarative.documents;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.Query.Sort;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.KindHandler;
import io.mcpserver.tool.documents.DocumentQuery;
import io.mcpserver.tool.file.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code query}: documents of a collection by conditions on their fields, answered as by {@code storage_query}. */
public final class QueryKind extends ReadingKind {

    @Override
    public String name() {
        return "query";
    }

    @Override
    public Optional<KindHandler> handler(KindBody body, Surroundings surroundings) {
        Function<Inputs, Optional<String>> collection = ReadCollections.filled(body);
        FilterTemplate.Filling where = FilterTemplate.read(body);
        Function<Inputs, Optional<List<String>>> sort = Filled.texts(body, "sort");
        Function<Inputs, Optional<Integer>> limit = Filled.number(body, "limit");
        Function<Inputs, Optional<String>> cursor = Filled.text(body, "cursor");
        Function<Inputs, Optional<List<String>>> fields = Filled.texts(body, "fields");
        return Optional.of((inputs, call) -> {
            Query query = new Query(
                    collection.apply(inputs).orElseThrow(() -> noCollection(body.tool())),
                    where.filter(inputs),
                    sort.apply(inputs).orElse(List.of()).stream()
                            .map(Sort::parse)
                            .toList(),
                    limit.apply(inputs).orElse(DocumentQuery.DEFAULT_LIMIT),
                    cursor.apply(inputs));
            return new DocumentQuery(query, fields.apply(inputs))
                    .answer(surroundings.store(), surroundings.config().tools().maxResultBytes());
        });
    }

    private static CodedException noCollection(String tool) {
        return new CodedException(ErrorCode.INVALID_ARGUMENT, tool + " was given no collection.");
    }
}
