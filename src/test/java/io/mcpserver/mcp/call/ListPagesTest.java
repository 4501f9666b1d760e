package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolOutcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListPagesTest {

    /** Keeps what was answered. */
    private static final class Answer implements Reply {

        private JsonObject result;
        private String refusal;

        @Override
        public void say(JsonObject message) {
            result = message.getJsonObject("result");
        }

        @Override
        public void say(ToolOutcome outcome) {
            throw new AssertionError(outcome);
        }

        @Override
        public void fail(int code, String message) {
            refusal = code + " " + message;
        }

        @Override
        public void abandon() {
            throw new AssertionError("abandoned");
        }
    }

    private final ListPages pages = new ListPages(3);
    private final List<String> offered = new ArrayList<>();
    private List<Listed> more = List.of();

    @Test
    void aListIsReadPageByPageInOrder() {
        offer(7);

        List<String> read = new ArrayList<>();
        Answer first = page(null);
        read.addAll(names(first));
        Answer second = page(cursor(first));
        read.addAll(names(second));
        Answer third = page(cursor(second));
        read.addAll(names(third));

        assertThat(names(first)).hasSize(3);
        assertThat(read).containsExactlyElementsOf(new TreeSet<>(offered)).hasSize(7);
        assertThat(cursor(third)).isNull();
    }

    @Test
    void whatTwoBringIsOneListInOrder() {
        offer(2);
        more = List.of(listed("tool-15"), listed("a-first"));

        Answer first = page(null);

        assertThat(names(first)).containsExactly("a-first", "tool-1", "tool-15");
        assertThat(names(page(cursor(first)))).containsExactly("tool-2");
    }

    @Test
    void aListThatIsThereIsReadPageByPageToo() {
        List<Listed> all =
                Stream.of("a", "b", "c", "d").map(ListPagesTest::listed).toList();

        Answer first = new Answer();
        pages.list(call(request(null), first), all);
        Answer second = new Answer();
        pages.list(call(request(cursor(first)), second), all.subList(1, 4));
        Answer foreign = new Answer();
        pages.list(call(request("%"), foreign), all);

        assertThat(names(first)).containsExactly("a", "b", "c");
        assertThat(names(second)).containsExactly("d");
        assertThat(cursor(second)).isNull();
        assertThat(foreign.refusal).contains("cursor");
    }

    @Test
    void aListThatFitsOnOnePageHasNoCursor() {
        offer(3);

        assertThat(names(page(null))).hasSize(3);
        assertThat(cursor(page(null))).isNull();
    }

    @Test
    void whatIsRemovedOrAddedBetweenPagesMovesNothingElse() {
        offer(7);
        Answer first = page(null);
        List<String> rest = offered.stream()
                .sorted()
                .filter(name -> !names(first).contains(name))
                .toList();

        offered.removeAll(names(first));
        offered.add("a-first");
        Answer second = page(cursor(first));

        assertThat(names(second)).containsExactlyElementsOf(rest.subList(0, 3));
        assertThat(names(page(cursor(second)))).containsExactlyElementsOf(rest.subList(3, 4));
    }

    @Test
    void aCursorMeansTheSameToAnyProcess() {
        offer(4);
        String cursor = cursor(page(null));

        Answer elsewhere = answer(new ListPages(3), cursor);

        assertThat(names(elsewhere)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not one of ours", "%", "====", ""})
    void aForeignCursorIsRefused(String cursor) {
        offer(4);

        Answer answer = page(cursor);

        assertThat(answer.refusal).startsWith("-32602").contains("cursor");
        assertThat(answer.result).isNull();
    }

    @Test
    void whatIsAskedForIsNotChanged() {
        offer(4);
        JsonObject json = request(cursor(page(null)));
        JsonObject before = json.copy();

        pages.list(call(json, new Answer()), List.of(), this::whole);

        assertThat(json).isEqualTo(before);
    }

    private static Listed listed(String name) {
        return new Listed(name, new JsonObject().put("name", name));
    }

    private void offer(int count) {
        IntStream.range(0, count).forEach(i -> offered.add("tool-" + (count - i)));
    }

    private Answer page(String cursor) {
        return answer(pages, cursor);
    }

    private Answer answer(ListPages by, String cursor) {
        Answer answer = new Answer();
        by.list(call(request(cursor), answer), more, this::whole);
        return answer;
    }

    private static JsonObject request(String cursor) {
        JsonObject params = new JsonObject();
        if (cursor != null) {
            params.put("cursor", cursor);
        }
        return new JsonObject().put("id", 1).put("method", "tools/list").put("params", params);
    }

    private static Call call(JsonObject json, Reply reply) {
        return new Call(new Request(json, 1, "tools/list"), null, ToolClient.SILENT, reply, Optional.empty());
    }

    /** Answers as the extension does, with all there is, whatever page was asked for. */
    private void whole(Call call) {
        assertThat(call.params().containsKey("cursor")).isFalse();
        JsonArray tools = new JsonArray();
        offered.forEach(name -> tools.add(new JsonObject().put("name", name)));
        call.reply().say(new JsonObject().put("id", 1).put("result", new JsonObject().put("tools", tools)));
    }

    private static List<String> names(Answer answer) {
        return answer.result.getJsonArray("tools").stream()
                .map(tool -> ((JsonObject) tool).getString("name"))
                .toList();
    }

    private static String cursor(Answer answer) {
        return answer.result.getString("nextCursor");
    }
}
