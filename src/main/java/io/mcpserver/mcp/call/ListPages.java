package io.mcpserver.mcp.call;

import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.tool.ToolOutcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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

    /**
     * Answers with the page of a whole list that was asked for.
     *
     * @param all in the order of their keys
     */
    void list(Call call, List<Listed> all) {
        String member = LISTS.get(call.method()).getFirst();
        after(call).ifPresent(after -> call.reply()
                .say(new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", call.request().id())
                        .put("result", page(new JsonObject(), member, all, after))));
    }

    /**
     * Has {@code whole} make its whole list, and answers with the page of it and {@code more} that was asked for.
     *
     * @param more in any order; none of them is made by {@code whole}
     */
    void list(Call call, List<Listed> more, Consumer<Call> whole) {
        Optional<String> after = after(call);
        if (after.isEmpty()) {
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
                new PageReply(call.reply(), LISTS.get(call.method()), more, after.get()),
                call.http()));
    }

    /** The name after which the page begins, an empty text for the first page; empty where the call was refused. */
    private static Optional<String> after(Call call) {
        String cursor = call.params().getString("cursor");
        if (cursor == null) {
            return Optional.of("");
        }
        Optional<String> after = Optional.of(decoded(cursor)).filter(name -> !name.isEmpty());
        if (after.isEmpty()) {
            call.reply()
                    .fail(JsonRpcError.INVALID_PARAMS, "The cursor is not one that this server gave: begin without.");
        }
        return after;
    }

    private JsonObject page(JsonObject result, String member, List<Listed> all, String after) {
        int begin = begin(all, after);
        int end = Math.min(begin + size, all.size());
        List<Object> page = new ArrayList<>(end - begin);
        all.subList(begin, end).forEach(item -> page.add(item.json()));
        result.put(member, new JsonArray(page));
        if (end < all.size()) {
            result.put("nextCursor", encoded(all.get(end - 1).key()));
        }
        return result;
    }

    /** The first item after that of the key, by halving. */
    private static int begin(List<Listed> all, String after) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).key().compareTo(after) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private final class PageReply implements Reply {

        private final Reply reply;
        private final String member;
        private final String name;
        private final List<Listed> more;
        private final String after;

        PageReply(Reply reply, List<String> list, List<Listed> more, String after) {
            this.reply = reply;
            this.member = list.getFirst();
            this.name = list.getLast();
            this.more = more;
            this.after = after;
        }

        @Override
        public void say(JsonObject message) {
            if (message.getValue("result") instanceof JsonObject result
                    && result.getValue(member) instanceof JsonArray made) {
                List<Listed> all = new ArrayList<>(more);
                for (int i = 0; i < made.size(); i++) {
                    JsonObject item = made.getJsonObject(i);
                    all.add(new Listed(item.getString(name), item));
                }
                all.sort(Comparator.comparing(Listed::key));
                page(result, member, all, after);
            }
            reply.say(message);
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
