package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.BlockingTool;
import io.mcpserver.mcp.testing.SuddenOffer;
import io.mcpserver.mcp.testing.Talk;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds in every session, whatever carries it: questions to the client, cancelling, and changes of documents. */
public abstract class SessionContract {

    private static final JsonObject NOTHING = new JsonObject();

    private static final JsonObject EVERYTHING = new JsonObject()
            .put("elicitation", NOTHING)
            .put("sampling", NOTHING)
            .put("roots", NOTHING);

    @Inject
    Questions questions;

    @Inject
    RunningCalls running;

    @Inject
    BlockingTool blocking;

    @Inject
    ResourceWatch watch;

    @Inject
    StoreService stores;

    @Inject
    ToolCatalog catalog;

    @Inject
    MeterRegistry registry;

    private final String unique = "c" + UUID.randomUUID().toString().replace("-", "");
    private Talk talk;
    private int watchesBefore;

    /** A talk in a new session of a client with these capabilities, which hears what is said outside of requests too. */
    protected abstract Talk talk(JsonObject capabilities);

    @BeforeEach
    void aClientThatCanDoEverything() {
        stores.store();
        watchesBefore = watch.count();
        talk = talk(EVERYTHING);
    }

    @AfterEach
    void leave() {
        talk.close();
        Awaitility.await().until(() -> questions.count() == 0);
    }

    @Test
    void theClientIsAskedWhileTheToolWaits() {
        int call = talk.beginCall("test_sampling", new JsonObject().put("prompt", "Who?"));

        JsonObject question = talk.told("sampling/createMessage");
        assertThat(question.getString("jsonrpc")).isEqualTo("2.0");
        assertThat(question.getString("id")).isNotBlank();
        assertThat(question.getJsonObject("params").encode()).contains("Who?");
        talk.reply(question, new JsonObject().put("content", new JsonObject().put("text", "Me")));

        assertThat(text(talk.answer(call))).isEqualTo("LLM response: Me");
        assertThat(questions.count()).isZero();
    }

    @Test
    void severalQuestionsAreAskedAtOnceAndAnsweredInAnyOrder() {
        int call = talk.beginCall("test_input_required_result_multiple_inputs", NOTHING);

        JsonObject model = talk.told("sampling/createMessage");
        JsonObject roots = talk.told("roots/list");
        JsonObject form = talk.told("elicitation/create");
        talk.reply(roots, new JsonObject().put("roots", new JsonArray().add(new JsonObject().put("uri", "file:///a"))));
        talk.reply(form, accepted("name", "Ann"));
        talk.reply(model, new JsonObject().put("content", new JsonObject().put("text", "Hi")));

        assertThat(text(talk.answer(call))).isEqualTo("Ann: Hi, roots: file:///a");
    }

    @Test
    void oneQuestionAfterTheOtherIsAsked() {
        int call = talk.beginCall("test_input_required_result_multi_round", NOTHING);

        talk.reply(talk.told("elicitation/create"), accepted("name", "Ann"));
        talk.reply(talk.told("elicitation/create"), accepted("color", "red"));

        assertThat(text(talk.answer(call))).isEqualTo("Ann likes red");
    }

    @Test
    void anAnswerInAnotherSessionDoesNotCount() {
        try (Talk stranger = talk(EVERYTHING)) {
            int call = talk.beginCall("test_input_required_result_elicitation", NOTHING);
            JsonObject question = talk.told("elicitation/create");

            stranger.reply(question, accepted("name", "Mallory"));
            assertThat(stranger.ask("ping", NOTHING).containsKey("result")).isTrue();
            assertThat(questions.count()).isEqualTo(1);
            talk.reply(question, accepted("name", "Ann"));

            assertThat(text(talk.answer(call))).isEqualTo("Hello, Ann!");
        }
    }

    @Test
    void anErrorOfTheClientIsAFailedCall() {
        int call = talk.beginCall("test_sampling", new JsonObject().put("prompt", "Who?"));

        talk.say(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", talk.told("sampling/createMessage").getValue("id"))
                .put("error", new JsonObject().put("code", -1).put("message", "no")));

        JsonObject result = talk.answer(call).getJsonObject("result");
        assertThat(result.getBoolean("isError")).isTrue();
        assertThat(result.encode()).contains("INVALID_ARGUMENT");
    }

    @Test
    void aSecondAnswerIsForgotten() {
        int call = talk.beginCall("test_input_required_result_elicitation", NOTHING);
        JsonObject question = talk.told("elicitation/create");
        talk.reply(question, accepted("name", "Ann"));
        talk.reply(question, accepted("name", "Bob"));

        assertThat(text(talk.answer(call))).isEqualTo("Hello, Ann!");
        assertThat(talk.ask("ping", NOTHING).containsKey("result")).isTrue();
    }

    @Test
    void aClientThatCannotAnswerIsNotAsked() {
        try (Talk poor = talk(NOTHING)) {
            JsonObject result = poor.call("test_sampling", new JsonObject().put("prompt", "Who?"))
                    .getJsonObject("result");

            assertThat(result.getBoolean("isError")).isTrue();
            assertThat(result.encode()).contains("UNSUPPORTED", "sampling");
            assertThat(poor.hasHeard("sampling/createMessage")).isFalse();
        }
    }

    @Test
    void deletingIsConfirmedByTheUser() {
        save("kept");

        int declined = beginDelete("kept");
        JsonObject question = talk.told("elicitation/create");
        assertThat(question.getJsonObject("params").getString("message")).contains("storage_delete", "kept");
        talk.reply(question, new JsonObject().put("action", "decline"));
        assertThat(talk.answer(declined).encode()).contains("DECLINED");
        assertThat(exists("kept")).isTrue();

        int accepted = beginDelete("kept");
        talk.reply(talk.told("elicitation/create"), accepted("confirm", true));
        assertThat(talk.answer(accepted).getJsonObject("result").getBoolean("isError"))
                .isFalse();
        assertThat(exists("kept")).isFalse();
    }

    @Test
    void whoseUserCannotBeAskedDeletesAtOnce() {
        save("gone");
        try (Talk poor = talk(NOTHING)) {
            JsonObject answer = poor.call("storage_delete", delete("gone"));

            assertThat(answer.getJsonObject("result").getBoolean("isError")).isFalse();
            assertThat(poor.hasHeard("elicitation/create")).isFalse();
        }
        assertThat(exists("gone")).isFalse();
    }

    @Test
    void aCancelledCallIsInterruptedAndNotAnswered() {
        long before = cancelled();
        int call = talk.beginCall(BlockingTool.NAME, new JsonObject().put("call", unique));
        Awaitility.await().until(() -> blocking.hasBegun(unique));

        talk.cancel(call);

        Awaitility.await().until(() -> blocking.wasInterrupted(unique));
        Awaitility.await().until(() -> cancelled() == before + 1);
        assertThat(talk.ask("ping", NOTHING).containsKey("result")).isTrue();
        assertThat(talk.heard()).noneMatch(message -> Integer.valueOf(call).equals(message.getValue("id")));
        assertThat(running.count()).isZero();
    }

    @Test
    void aCallThatWaitsForTheUserCanBeCancelledAndTheQuestionIsTakenBack() {
        int call = talk.beginCall("test_input_required_result_elicitation", NOTHING);
        JsonObject question = talk.told("elicitation/create");

        talk.cancel(call);

        Awaitility.await().until(() -> questions.count() == 0);
        talk.reply(question, accepted("name", "Ann"));
        assertThat(talk.ask("ping", NOTHING).containsKey("result")).isTrue();
        assertThat(talk.heard()).noneMatch(message -> Integer.valueOf(call).equals(message.getValue("id")));
    }

    @Test
    void cancellingWhatIsUnknownOrOverDoesNothing() {
        int call = talk.beginCall("test_echo", new JsonObject().put("text", "x"));
        assertThat(talk.answer(call).containsKey("result")).isTrue();

        for (Object id : new Object[] {call, 999_999, "unknown", 1.5}) {
            talk.cancel(id);
        }
        talk.tell("notifications/cancelled", NOTHING);
        talk.tell("notifications/cancelled", new JsonObject().putNull("requestId"));
        talk.tell("notifications/cancelled", new JsonObject().put("requestId", new JsonObject()));

        assertThat(talk.call("test_echo", new JsonObject().put("text", "y")).encode())
                .contains("\"y\"");
    }

    @Test
    void nobodyCancelsTheCallOfAnotherSession() {
        int call = talk.beginCall("test_sleep", new JsonObject().put("millis", 700));
        try (Talk stranger = talk(NOTHING)) {
            stranger.cancel(call);
        }
        assertThat(text(talk.answer(call))).isEqualTo("slept");
    }

    @Test
    void whoWatchesADocumentHearsThatItChangesInTheSpellingAskedFor() {
        String spelled = "storage://" + unique + "/%61%20b";
        String plain = "storage://" + unique + "/a%20b";
        subscribe(talk, spelled);
        try (Talk other = talk(NOTHING)) {
            subscribe(other, plain);
            subscribe(other, "storage://" + unique + "/another");
            assertThat(watch.count()).isEqualTo(watchesBefore + 3);

            save("a b");
            assertThat(updated(talk)).isEqualTo(spelled);
            assertThat(updated(other)).isEqualTo(plain);
            save("a b");
            assertThat(updated(talk)).isEqualTo(spelled);
            assertThat(updated(other)).isEqualTo(plain);
            deleteByFilter();
            assertThat(updated(talk)).isEqualTo(spelled);
            assertThat(updated(other)).isEqualTo(plain);

            save("unwatched");
            save("another");
            assertThat(updated(other)).isEqualTo("storage://" + unique + "/another");
            assertThat(talk.hasHeard("notifications/resources/updated")).isFalse();
        }
    }

    @Test
    void whoUnsubscribesHearsNothingMore() {
        String watched = "storage://" + unique + "/watched";
        String unwatched = "storage://" + unique + "/unwatched";
        subscribe(talk, watched);
        subscribe(talk, unwatched);
        assertThat(talk.ask("resources/unsubscribe", new JsonObject().put("uri", unwatched))
                        .getJsonObject("result"))
                .isEmpty();

        save("unwatched");
        save("watched");

        assertThat(updated(talk)).isEqualTo(watched);
        assertThat(talk.hasHeard("notifications/resources/updated")).isFalse();
        assertThat(watch.count()).isEqualTo(watchesBefore + 1);
    }

    @Test
    void whoUnsubscribesWhatItNeverWatchedIsAnsweredAllTheSame() {
        JsonObject never = new JsonObject().put("uri", "storage://" + unique + "/never");
        assertThat(talk.ask("resources/unsubscribe", never).getJsonObject("result"))
                .isEmpty();

        subscribe(talk, "storage://" + unique + "/another");
        assertThat(talk.ask("resources/unsubscribe", never).getJsonObject("result"))
                .isEmpty();
    }

    @Test
    void oneChangeOfWhatIsOfferedIsHeardOnceForEachKind() {
        Offer before = catalog.discovered();
        Offer one = SuddenOffer.of("sudden_" + unique);
        try (Talk other = talk(NOTHING)) {
            catalog.replace(before.and(one));
            catalog.replace(before.and(one));
            SuddenOffer.assertHeardOnce(talk, NOTHING);
            SuddenOffer.assertHeardOnce(other, NOTHING);

            assertThat(text(talk.call("sudden_" + unique, NOTHING))).isEqualTo("here");
            catalog.replace(before);
            SuddenOffer.assertHeardOnce(talk, NOTHING);
            assertThat(talk.call("sudden_" + unique, NOTHING)
                            .getJsonObject("error")
                            .getInteger("code"))
                    .isEqualTo(-32602);
        }
    }

    @Test
    void aSessionWatchesNoMoreThanAThousandDocuments() {
        for (int i = 0; i < ResourceWatch.MOST; i++) {
            talk.begin("resources/subscribe", new JsonObject().put("uri", "storage://" + unique + "/" + i));
        }
        Awaitility.await().until(() -> watch.count() == watchesBefore + ResourceWatch.MOST);

        JsonObject refused = talk.ask("resources/subscribe", new JsonObject().put("uri", "storage://x/one-more"));

        assertThat(refused.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
        assertThat(refused.encode()).contains("unsubscribe");
        assertThat(talk.ask("resources/subscribe", new JsonObject().put("uri", "storage://" + unique + "/7"))
                        .containsKey("result"))
                .isTrue();
    }

    static JsonObject accepted(String field, Object value) {
        return new JsonObject().put("action", "accept").put("content", new JsonObject().put(field, value));
    }

    static String text(JsonObject answer) {
        JsonObject result = answer.getJsonObject("result");
        assertThat(result).as(answer.encode()).isNotNull();
        return result.getJsonArray("content").getJsonObject(0).getString("text");
    }

    private long cancelled() {
        Timer timer = registry.find("mcp.requests")
                .tags("era", "stateful", "method", "tools/call", "outcome", "cancelled")
                .timer();
        return timer == null ? 0 : timer.count();
    }

    private static void subscribe(Talk talk, String uri) {
        assertThat(talk.ask("resources/subscribe", new JsonObject().put("uri", uri))
                        .getJsonObject("result"))
                .isEmpty();
    }

    private static String updated(Talk talk) {
        return talk.told("notifications/resources/updated")
                .getJsonObject("params")
                .getString("uri");
    }

    private void save(String id) {
        JsonObject document = new JsonObject().put("id", id).put("content", new JsonObject().put("text", id));
        JsonObject answer = talk.call(
                "storage_save",
                new JsonObject().put("collection", unique).put("documents", new JsonArray().add(document)));
        assertThat(answer.getJsonObject("result").getBoolean("isError"))
                .as(answer.encode())
                .isFalse();
    }

    private void deleteByFilter() {
        try (Talk poor = talk(NOTHING)) {
            poor.call(
                    "storage_delete",
                    new JsonObject().put("collection", unique).put("filter", new JsonObject().put("text", "a b")));
        }
    }

    private int beginDelete(String id) {
        return talk.beginCall("storage_delete", delete(id));
    }

    private JsonObject delete(String id) {
        return new JsonObject().put("collection", unique).put("ids", new JsonArray().add(id));
    }

    private boolean exists(String id) {
        return talk
                .call("storage_load", delete(id))
                .getJsonObject("result")
                .getJsonObject("structuredContent")
                .getJsonArray("documents")
                .stream()
                .anyMatch(document -> id.equals(((JsonObject) document).getString("id")));
    }
}
