package io.mcpserver.tool.declarative.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which collections a tool reads. */
final class ReadCollections {

    static final String KEY = "collection";

    private ReadCollections() {}

    /** The one of a call; one that the server gives is never missing, since all would be read then. */
    static Function<Inputs, Optional<String>> filled(KindBody body) {
        Set<String> names = body.template("/" + KEY).names();
        BoundInputs.check(body, "/" + KEY, names);
        Function<Inputs, Optional<String>> text = Filled.text(body, KEY);
        return inputs -> text.apply(BoundInputs.needed(body, names, inputs));
    }

    /** The one that is named; empty where none is, or where an input names it. */
    static Optional<Set<String>> named(KindBody body) {
        JsonNode collection = body.json().path(KEY);
        return collection.isTextual() && !collection.textValue().contains("${")
                ? Optional.of(Set.of(collection.textValue()))
                : Optional.empty();
    }
}
