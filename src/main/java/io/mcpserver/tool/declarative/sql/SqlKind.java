package io.mcpserver.tool.declarative.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.KindHandler;
import io.mcpserver.tool.declarative.ToolKind;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.source.Sources;
import java.util.Optional;

/** {@code sql}: a statement whose inputs are bound, on a source of the configuration. */
public final class SqlKind implements ToolKind {

    private static final int DEFAULT_ROWS = 1000;

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public boolean reachesOut() {
        return true;
    }

    @Override
    public boolean readsOnly(KindBody body) {
        return !writes(body);
    }

    @Override
    public Optional<KindHandler> handler(KindBody body, Surroundings surroundings) {
        JsonNode json = body.json();
        String source = json.path("source").asText();
        boolean usable = isUsable(source, body, surroundings.config());
        Optional<BoundStatement> statement = BoundStatement.read(
                body.template("/statement").parts(), writes(body), fault -> body.fault("/statement", fault));
        int rows = json.path("max_rows").asInt(DEFAULT_ROWS);
        boolean objects = json.path("rows").asText().equals("objects");
        return usable && statement.isPresent()
                ? Optional.of(
                        new SqlTool(source, statement.get(), writes(body), rows, objects, body.timeout(), surroundings))
                : Optional.empty();
    }

    private static boolean writes(KindBody body) {
        return body.json().path("write").asBoolean();
    }

    private static boolean isUsable(String source, KindBody body, ServerConfig config) {
        Optional<ServerConfig.Source> known = Sources.definition(config, source);
        if (known.isEmpty()) {
            body.fault(
                    "/source",
                    "must be a name under sources: in the configuration, or %s; there are %s"
                            .formatted(Sources.MEMORY, Sources.names(config)));
            return false;
        }
        Optional<String> fault = Sources.fault(known.get());
        fault.ifPresent(words -> body.fault("/source", words));
        if (writes(body) && !known.get().writable()) {
            body.fault(
                    "/write",
                    "cannot be true, because the source %s is read-only; set sources.%s.writable to true, or leave it out"
                            .formatted(source, source));
            return false;
        }
        return fault.isEmpty();
    }
}
