package io.mcpserver.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.tool.PerTool;
import io.mcpserver.tool.ToolSpec;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the headers {@code Mcp-Param-…} repeat those arguments of a call that the tool's input schema marks with
 * {@code x-mcp-header}.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
class ParameterHeaders {

    private static final String PREFIX = "Mcp-Param-";
    private static final String MARK = "x-mcp-header";

    /** An argument that is marked: where it is, and the header that repeats it. */
    private record Marked(List<String> path, String header) {}

    private final PerTool<List<Marked>> marked = new PerTool<>(ParameterHeaders::markedIn);

    Optional<Fault> check(ToolSpec tool, JsonObject arguments, MultiMap headers) {
        for (Marked one : marked.of(tool)) {
            Optional<Fault> fault = check(one, arguments, headers);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> check(Marked marked, JsonObject arguments, MultiMap headers) {
        Object value = at(arguments, marked.path());
        List<String> given = headers.getAll(marked.header());
        String argument = "arguments." + String.join(".", marked.path());
        if (value == null) {
            return given.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Fault.header("The header " + marked.header() + " is there, but " + argument + " is not."));
        }
        if (given.size() != 1) {
            return Optional.of(Fault.header("The header " + marked.header() + " must repeat " + argument + ", once."));
        }
        Optional<String> decoded = HeaderValue.decode(given.getFirst());
        if (decoded.isEmpty()) {
            return Optional.of(Fault.header(HeaderValue.malformed(marked.header())));
        }
        return same(value, decoded.get())
                ? Optional.empty()
                : Optional.of(Fault.header("The header " + marked.header() + " differs from " + argument + "."));
    }

    private static boolean same(Object value, String header) {
        if (value instanceof Number number) {
            try {
                return new BigDecimal(number.toString()).compareTo(new BigDecimal(header)) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return value.toString().equals(header);
    }

    private static Object at(JsonObject arguments, List<String> path) {
        Object value = arguments;
        for (String name : path) {
            value = value instanceof JsonObject object ? object.getValue(name) : null;
        }
        return value;
    }

    private static List<Marked> markedIn(ToolSpec tool) {
        List<Marked> all = new ArrayList<>();
        collect(tool.inputSchema(), List.of(), all);
        return List.copyOf(all);
    }

    private static void collect(JsonNode schema, List<String> path, List<Marked> all) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            List<String> inner = new ArrayList<>(path);
            inner.add(property.getKey());
            JsonNode mark = property.getValue().path(MARK);
            if (mark.isTextual()) {
                all.add(new Marked(List.copyOf(inner), PREFIX + mark.asText()));
            }
            collect(property.getValue(), inner, all);
        }
    }
}
