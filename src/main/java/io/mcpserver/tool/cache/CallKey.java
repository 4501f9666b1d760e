package io.mcpserver.tool.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.cache.CacheKey;
import io.mcpserver.config.ProgramVersion;
import io.mcpserver.config.ServerConfig.Source;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolPolicy.CachePolicy;
import io.mcpserver.tool.ToolPolicy.CachePolicy.Sharing;
import io.mcpserver.tool.ToolSpec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The key of a call: a digest of the program's version, the configured sources, the tool's name and version, the caller's namespace, what else the
 * tool may see of its caller, and the arguments, whatever their order and the form of their numbers.
 */
final class CallKey {

    private CallKey() {}

    /** @param sources the digest of the databases that tools ask */
    static CacheKey of(ToolSpec tool, CachePolicy policy, ObjectNode arguments, ToolCaller caller, String sources) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        all.add(ProgramVersion.get()).add(sources);
        all.add(tool.name()).add(tool.version()).add(caller.namespace());
        if (policy.sharing() == Sharing.CALLER) {
            all.add(caller.name());
            all.add(caller.scopes().map(CallKey::sorted).orElse(null));
            all.add(caller.groups().map(CallKey::sorted).orElse(null));
            ObjectNode claims = all.addObject();
            caller.claims().forEach(claims::put);
        }
        all.add(arguments);
        StringBuilder text = new StringBuilder();
        write(all, text);
        return new CacheKey(digest(text.toString()), policy.collections());
    }

    /** A digest of all that is written of the sources. */
    static String digest(Map<String, Source> sources) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        sources.forEach((name, source) -> all.putArray(name)
                .add(source.url())
                .add(source.username().orElse(null))
                .add(source.password().orElse(null))
                .add(source.writable()));
        StringBuilder text = new StringBuilder();
        write(all, text);
        return digest(text.toString());
    }

    private static ArrayNode sorted(Set<String> names) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        new TreeSet<>(names).forEach(array::add);
        return array;
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> members = new TreeMap<>();
                node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
                out.append('{');
                members.forEach((name, value) -> {
                    out.append(JsonNodeFactory.instance.textNode(name)).append(':');
                    write(value, out);
                    out.append(',');
                });
                out.append('}');
            }
            case ARRAY -> {
                out.append('[');
                node.forEach(item -> {
                    write(item, out);
                    out.append(',');
                });
                out.append(']');
            }
            case NUMBER -> out.append(number(node));
            default -> out.append(node);
        }
    }

    /** One text for all forms of a number, such as 1, 1.0 and 10e-1. */
    private static String number(JsonNode node) {
        BigDecimal number = node.decimalValue();
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
