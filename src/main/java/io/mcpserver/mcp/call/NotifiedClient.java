package io.mcpserver.mcp.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.tool.CapabilityMissing;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.LogLevel;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.ToolClient;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A client that hears of its call by notifications on the wire of the request. */
public abstract class NotifiedClient implements ToolClient {

    private final Wire wire;

    protected NotifiedClient(Wire wire) {
        this.wire = wire;
    }

    /** What the request says its progress is to be told under; empty where it wants to hear of none. */
    protected abstract Optional<Object> progressToken();

    /** Whether the client wants to hear log messages of a level. */
    protected abstract boolean wants(LogLevel level);

    @Override
    public final boolean wantsProgress() {
        return progressToken().isPresent();
    }

    @Override
    public final void progress(double progress, double total, String message) {
        progressToken().ifPresent(token -> wire.notify(Notices.progress(token, progress, total, message)));
    }

    @Override
    public final void log(LogLevel level, String logger, JsonNode data) {
        if (wants(level)) {
            wire.notify(Notices.log(level, logger, data));
        }
    }

    /** @throws CapabilityMissing if any of the questions needs what the client cannot do; names all of that */
    protected final void checkCanAnswer(Collection<Question> questions) {
        Set<ClientFeature> missing = questions.stream()
                .map(Question::needs)
                .filter(feature -> !can(feature))
                .collect(Collectors.toSet());
        if (!missing.isEmpty()) {
            throw new CapabilityMissing(missing);
        }
    }
}
