package io.mcpserver.tool.declarative.documents;

import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.ToolKind;
import java.util.Optional;
import java.util.Set;

/** A kind whose tools read documents and change nothing. */
abstract class ReadingKind implements ToolKind {

    @Override
    public final boolean readsOnly(KindBody body) {
        return true;
    }

    @Override
    public final Optional<Set<String>> collections(KindBody body) {
        return ReadCollections.named(body);
    }
}
