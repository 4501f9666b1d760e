package io.mcpserver.mcp.call;

import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.tool.ToolOutcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Lists in a stable order, in pages whose cursors are values: a cursor is the name of the last item that was seen, so
 * any process can go on from it, and what is added or removed in between moves nothing else.
 */
@Singleton
class ListPages {

    private static final int PAGE = 500;

    /** By method: the member of the result that holds the list, and the member of each item that names it. */
    private static final Map<String, List<String>> LISTS = Map.of(
            "tools/list", List.of("tools", "name"),
            "prompts/list", List.of("prompts", "name"),
            "resources/list", List.of("resources", "uri"),
            "resources/templates/list", List.of("resourceTemplates", "uriTemplate"));

    private final int size;

    ListPages() {
        this(PAGE);
    }

    /** @param size items of a page */
    ListPages(int size) {
        this.size = size;
    }

    static boolean isList(String method) {
        return LISTS.containsKey(method);
    }

    /** Has the whole list made by {@code whole} and answers with the page that was asked for. */
    void list(Call call, Consumer<Call> whole) {
        Optional<String> after =
                Optional.ofNullable(call.params().getString("cursor")).map(ListPages::decoded);
        if (after.isPresent() && after.get().isEmpty()) {
            call.reply()
                    .fail(JsonRpcError.INVALID_PARAMS, "The cursor is not one that this server gave: begin without.");
            return;
        }
        Request request = call.request();
        JsonObject json = request.json().copy();
        if (json.getValue("params") instanceof JsonObject params) {
            params.remove("cursor");
        }
        whole.accept(new Call(
                new Request(json, request.id(), request.method()),
                call.talk(),
                call.client(),
                new PageReply(call.reply(), LISTS.get(call.method()), after.orElse("")),
                call.http()));
    }

    private final class PageReply implements Reply {

        private final Reply reply;
        private final String member;
        private final String name;
        private final String after;

        PageReply(Reply reply, List<String> list, String after) {
            this.reply = reply;
            this.member = list.getFirst();
            this.name = list.getLast();
            this.after = after;
        }

        @Override
        public void say(JsonObject message) {
            if (message.getValue("result") instanceof JsonObject result
                    && result.getValue(member) instanceof JsonArray all) {
                page(result, all);
            }
            reply.say(message);
        }

        private void page(JsonObject result, JsonArray all) {
            List<JsonObject> rest = IntStream.range(0, all.size())
                    .mapToObj(all::getJsonObject)
                    .filter(item -> item.getString(name).compareTo(after) > 0)
                    .sorted(Comparator.comparing(item -> item.getString(name)))
                    .toList();
            List<JsonObject> page = rest.subList(0, Math.min(size, rest.size()));
            result.put(member, new JsonArray(page));
            if (page.size() < rest.size()) {
                result.put("nextCursor", encoded(page.getLast().getString(name)));
            }
        }

        @Override
        public void say(ToolOutcome outcome) {
            reply.say(outcome);
        }

        @Override
        public void fail(int code, String message) {
            reply.fail(code, message);
        }

        @Override
        public void abandon() {
            reply.abandon();
        }
    }

    private static String encoded(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The name in a cursor; empty where it is none. */
    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
