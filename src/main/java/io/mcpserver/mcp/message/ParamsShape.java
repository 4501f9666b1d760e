package io.mcpserver.mcp.message;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The shape that {@code params} must have for a method: which members are there and of which JSON
 * type. What the values mean is left to the handler of the method.
 */
final class ParamsShape {

    private enum Type {
        STRING("a string", String.class),
        OBJECT("an object", JsonObject.class);

        private final String words;
        private final Class<?> java;

        Type(String words, Class<?> java) {
            this.words = words;
            this.java = java;
        }
    }

    private record Member(String path, Type type, boolean required) {}

    private static final List<Member> ANY = List.of(optional("_meta", Type.OBJECT));
    private static final List<Member> LIST = List.of(optional("cursor", Type.STRING));
    private static final List<Member> URI = List.of(required("uri", Type.STRING));

    private static final List<Member> ROUNDS =
            List.of(optional("inputResponses", Type.OBJECT), optional("requestState", Type.STRING));

    private static final Map<String, List<Member>> ONLY_STATEFUL = Map.of(
            "initialize",
            List.of(
                    required("protocolVersion", Type.STRING),
                    required("clientInfo", Type.OBJECT),
                    required("clientInfo.name", Type.STRING),
                    required("clientInfo.version", Type.STRING),
                    optional("clientInfo.title", Type.STRING),
                    optional("clientInfo.description", Type.STRING),
                    optional("clientInfo.websiteUrl", Type.STRING),
                    optional("capabilities", Type.OBJECT)),
            "resources/subscribe",
            URI,
            "resources/unsubscribe",
            URI,
            "logging/setLevel",
            List.of(required("level", Type.STRING)));

    private static final Map<String, List<Member>> ONLY_STATELESS = Map.of(
            "tools/call",
            ROUNDS,
            "prompts/get",
            ROUNDS,
            "resources/read",
            ROUNDS,
            "subscriptions/listen",
            List.of(required("notifications", Type.OBJECT)));

    private static final Map<String, List<Member>> EVER = Map.ofEntries(
            Map.entry("tools/list", LIST),
            Map.entry("prompts/list", LIST),
            Map.entry("resources/list", LIST),
            Map.entry("resources/templates/list", LIST),
            Map.entry("tools/call", List.of(required("name", Type.STRING), optional("arguments", Type.OBJECT))),
            Map.entry("prompts/get", List.of(required("name", Type.STRING), optional("arguments", Type.OBJECT))),
            Map.entry("resources/read", URI),
            Map.entry(
                    "completion/complete",
                    List.of(
                            required("ref", Type.OBJECT),
                            required("ref.type", Type.STRING),
                            optional("ref.name", Type.STRING),
                            optional("ref.uri", Type.STRING),
                            required("argument", Type.OBJECT),
                            required("argument.name", Type.STRING),
                            required("argument.value", Type.STRING),
                            optional("context", Type.OBJECT),
                            optional("context.arguments", Type.OBJECT))));

    private static final Map<String, List<Member>> STATEFUL = both(EVER, ONLY_STATEFUL);
    private static final Map<String, List<Member>> STATELESS = both(EVER, ONLY_STATELESS);

    private static final List<String> LEVELS =
            List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    private ParamsShape() {}

    /** @return one sentence that names the first member that is missing or of the wrong type */
    static Optional<String> fault(String method, Object params) {
        boolean stateless = params instanceof JsonObject object && RequestMeta.isStateless(object);
        List<Member> members = (stateless ? STATELESS : STATEFUL).getOrDefault(method, List.of());
        if (params == null) {
            return members.stream()
                    .filter(Member::required)
                    .findFirst()
                    .map(member -> "The member params." + member.path() + " is missing.");
        }
        if (!(params instanceof JsonObject object)) {
            return Optional.of("The member params must be an object.");
        }
        if (stateless && object.containsKey("inputResponses") && object.getValue("inputResponses") == null) {
            return Optional.of("The member params.inputResponses must be an object.");
        }
        return fault(object, ANY).or(() -> fault(object, members)).or(() -> special(method, object, stateless));
    }

    private static Optional<String> fault(JsonObject params, List<Member> members) {
        for (Member member : members) {
            Object value = at(params, member.path());
            if (value == null) {
                if (member.required()) {
                    return Optional.of("The member params." + member.path() + " is missing.");
                }
                leaveOut(params, member.path());
            } else if (!member.type().java.isInstance(value)) {
                return Optional.of("The member params." + member.path() + " must be " + member.type().words + ".");
            }
        }
        return Optional.empty();
    }

    private static Object at(JsonObject params, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return params.getValue(path);
        }
        return params.getValue(path.substring(0, dot)) instanceof JsonObject inner
                ? inner.getValue(path.substring(dot + 1))
                : null;
    }

    /** An optional member that is null is as if it were not there. */
    private static void leaveOut(JsonObject params, String path) {
        int dot = path.indexOf('.');
        JsonObject parent = dot < 0 ? params : params.getJsonObject(path.substring(0, dot));
        if (parent != null) {
            parent.remove(path.substring(dot + 1));
        }
    }

    private static Optional<String> special(String method, JsonObject params, boolean stateless) {
        return switch (method) {
            case "initialize" ->
                stateless
                        ? Optional.empty()
                        : icons(params.getJsonObject("clientInfo").getValue("icons"));
            case "completion/complete" -> {
                // The extension takes a context for one with arguments.
                if (Members.object(params, "context").getValue("arguments") == null) {
                    params.remove("context");
                }
                yield reference(params.getJsonObject("ref"))
                        .or(() -> strings(
                                "context.arguments", Members.object(Members.object(params, "context"), "arguments")));
            }
            case "logging/setLevel" ->
                stateless || LEVELS.contains(params.getString("level"))
                        ? Optional.empty()
                        : Optional.of("The member params.level must be one of " + String.join(", ", LEVELS) + ".");
            case "prompts/get" -> strings("arguments", Members.object(params, "arguments"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> icons(Object icons) {
        boolean wellFormed = icons == null
                || icons instanceof JsonArray array
                        && array.stream().allMatch(icon -> icon instanceof JsonObject object && icon(object));
        return wellFormed
                ? Optional.empty()
                : Optional.of("The member params.clientInfo.icons must be an array of objects with src, mimeType "
                        + "and theme (light or dark) as strings and sizes as an array of strings.");
    }

    private static boolean icon(JsonObject icon) {
        Object theme = icon.getValue("theme");
        return icon.getValue("src") instanceof String
                && (icon.getValue("mimeType") == null || icon.getValue("mimeType") instanceof String)
                && (theme == null || "light".equals(theme) || "dark".equals(theme))
                && (icon.getValue("sizes") == null
                        || icon.getValue("sizes") instanceof JsonArray sizes
                                && sizes.stream().allMatch(String.class::isInstance));
    }

    private static Optional<String> reference(JsonObject ref) {
        return switch (ref.getString("type")) {
            case "ref/prompt" ->
                ref.containsKey("name") ? Optional.empty() : Optional.of("The member params.ref.name is missing.");
            case "ref/resource" ->
                ref.containsKey("uri") ? Optional.empty() : Optional.of("The member params.ref.uri is missing.");
            default -> Optional.of("The member params.ref.type must be ref/prompt or ref/resource.");
        };
    }

    private static Optional<String> strings(String path, JsonObject arguments) {
        return arguments.getMap().values().stream().allMatch(String.class::isInstance)
                ? Optional.empty()
                : Optional.of("The values of params." + path + " must be strings.");
    }

    private static Map<String, List<Member>> both(Map<String, List<Member>> ever, Map<String, List<Member>> only) {
        Map<String, List<Member>> all = new HashMap<>(ever);
        only.forEach((method, members) ->
                all.merge(method, members, (some, more) -> Stream.concat(some.stream(), more.stream())
                        .toList()));
        return Map.copyOf(all);
    }

    private static Member required(String path, Type type) {
        return new Member(path, type, true);
    }

    private static Member optional(String path, Type type) {
        return new Member(path, type, false);
    }
}
