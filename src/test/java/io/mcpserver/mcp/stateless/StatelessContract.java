package io.mcpserver.mcp.stateless;

import static io.mcpserver.mcp.testing.StatelessMessages.params;
import static io.mcpserver.mcp.testing.StatelessMessages.toCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.call.ResourceWatch;
import io.mcpserver.mcp.call.RunningCalls;
import io.mcpserver.mcp.testing.BlockingTool;
import io.mcpserver.mcp.testing.StatelessMessages;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for requests without a session, whatever carries them: questions, cancelling, and streams of changes. */
public abstract class StatelessContract {

    private static final JsonObject NOTHING = new JsonObject();
    private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
    private static final String UPDATED = "notifications/resources/updated";

    @Inject
    ResourceWatch watch;

    @Inject
    Subscriptions subscriptions;

    @Inject
    RunningCalls running;

    @Inject
    BlockingTool blocking;

    @Inject
    StoreService stores;

    @Inject
    ToolCatalog catalog;

    @Inject
    MeterRegistry registry;

    private final String unique = "c" + UUID.randomUUID().toString().replace("-", "");
    private Talk talk;
    private int watchesBefore;
    private int streamsBefore;

    /** A talk of which nothing is known to the server. */
    protected abstract Talk talk();

    /** Takes a request back in the way of the transport. */
    protected abstract void takeBack(Talk talk, Object id);

    @BeforeEach
    void aClient() {
        stores.store();
        watchesBefore = watch.count();
        streamsBefore = subscriptions.count();
        talk = talk();
    }

    @AfterEach
    void leave() {
        talk.close();
        Awaitility.await().until(() -> watch.count() == watchesBefore);
        Awaitility.await().until(() -> subscriptions.count() == streamsBefore);
    }

    @Test
    void aStreamBeginsWithWhatIsHonoured() {
        int id = listen(new JsonObject()
                .put("toolsListChanged", true)
                .put("promptsListChanged", false)
                .put("somethingUnknown", true)
                .put(
                        "resourceSubscriptions",
                        new JsonArray()
                                .add("test://watched-resource")
                                .add("storage://a/b")
                                .add("test://no-such")));

        JsonObject acknowledged = talk.told(ACKNOWLEDGED).getJsonObject("params");

        assertThat(acknowledged.getJsonObject("notifications"))
                .isEqualTo(new JsonObject()
                        .put("toolsListChanged", true)
                        .put(
                                "resourceSubscriptions",
                                new JsonArray().add("test://watched-resource").add("storage://a/b")));
        assertThat(subscriptionOf(acknowledged)).isEqualTo(id);
    }

    @Test
    void whoWatchesADocumentHearsThatItChangesInTheSpellingAskedFor() {
        String spelled = "storage://" + unique + "/%61%20b";
        String plain = "storage://" + unique + "/a%20b";
        int first = watching(spelled);
        int second = watching(plain, "storage://" + unique + "/another");
        assertThat(watch.count()).isEqualTo(watchesBefore + 3);

        Runnable bothHear = () -> {
            assertUpdated(first, spelled);
            assertUpdated(second, plain);
        };
        save("a b");
        bothHear.run();
        save("a b");
        bothHear.run();
        delete(new JsonObject().put("ids", new JsonArray().add("a b")));
        bothHear.run();
        save("a b");
        bothHear.run();
        delete(new JsonObject().put("filter", new JsonObject().put("text", "a b")));
        bothHear.run();

        save("unwatched");
        save("another");
        assertUpdated(second, "storage://" + unique + "/another");
        assertThat(talk.hasHeard(UPDATED)).isFalse();
    }

    @Test
    void changesOfListsReachThoseWhoAskedForThem() {
        int tools = listen(new JsonObject().put("toolsListChanged", true));
        talk.told(ACKNOWLEDGED);
        int prompts = listen(new JsonObject().put("promptsListChanged", true));
        talk.told(ACKNOWLEDGED);
        listen(new JsonObject());
        assertThat(talk.told(ACKNOWLEDGED).getJsonObject("params").getJsonObject("notifications"))
                .isEmpty();

        call("test_trigger_tool_change", NOTHING);
        JsonObject toolsChanged = talk.told("notifications/tools/list_changed");
        assertThat(subscriptionOf(toolsChanged.getJsonObject("params"))).isEqualTo(tools);
        call("test_trigger_prompt_change", NOTHING);
        JsonObject promptsChanged = talk.told("notifications/prompts/list_changed");
        assertThat(subscriptionOf(promptsChanged.getJsonObject("params"))).isEqualTo(prompts);

        save("x");
        assertThat(talk.heard().stream()
                        .filter(message -> message.getString("method", "").endsWith("list_changed")))
                .allSatisfy(message -> assertThat(subscriptionOf(message.getJsonObject("params")))
                        .isEqualTo(message.getString("method").contains("tools") ? tools : prompts));
    }

    @Test
    void oneChangeOfWhatIsOfferedIsHeardOnceForEachKind() {
        Offer before = catalog.discovered();
        listen(new JsonObject()
                .put("toolsListChanged", true)
                .put("promptsListChanged", true)
                .put("resourcesListChanged", true));
        assertThat(talk.told(ACKNOWLEDGED)
                        .getJsonObject("params")
                        .getJsonObject("notifications")
                        .fieldNames())
                .containsExactlyInAnyOrder("toolsListChanged", "promptsListChanged", "resourcesListChanged");

        catalog.replace(before.and(SuddenOffer.of("sudden_" + unique)));
        SuddenOffer.assertHeardOnce(talk, params(NOTHING));
        assertThat(call("sudden_" + unique, NOTHING).containsKey("result")).isTrue();
        catalog.replace(before);
        SuddenOffer.assertHeardOnce(talk, params(NOTHING));
    }

    @Test
    void takingAStreamBackEndsItWithoutAnswerAndLeavesNothing() {
        int first = watching("storage://" + unique + "/a");
        int second = watching("storage://" + unique + "/a");
        assertThat(subscriptions.count()).isEqualTo(streamsBefore + 2);

        takeBack(talk, first);
        Awaitility.await().until(() -> watch.count() == watchesBefore + 1);
        Awaitility.await().until(() -> subscriptions.count() == streamsBefore + 1);
        save("a");

        assertUpdated(second, "storage://" + unique + "/a");
        assertThat(talk.hasHeard(UPDATED)).isFalse();
        assertThat(talk.heard()).noneMatch(message -> Integer.valueOf(first).equals(message.getValue("id")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'notifications':null}",
                "{'notifications':[]}",
                "{'notifications':true}",
                "{'notifications':{'toolsListChanged':'yes'}}",
                "{'notifications':{'promptsListChanged':1}}",
                "{'notifications':{'resourcesListChanged':{}}}",
                "{'notifications':{'resourceSubscriptions':'storage://a/b'}}",
                "{'notifications':{'resourceSubscriptions':{}}}",
                "{'notifications':{'resourceSubscriptions':[7]}}",
                "{'notifications':{'resourceSubscriptions':[null]}}",
                "{'notifications':{'resourceSubscriptions':['storage://a/b',[]]}}"
            })
    void aMalformedFilterIsRefused(String given) {
        JsonObject answer = talk.ask("subscriptions/listen", params(new JsonObject(given.replace('\'', '"'))));

        assertThat(answer.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
        assertThat(answer.getJsonObject("error").getString("message")).contains("notifications");
    }

    @Test
    void aStreamWatchesNoMoreThanAThousandResources() {
        JsonArray uris = new JsonArray();
        for (int i = 0; i < 1_000; i++) {
            uris.add("storage://" + unique + "/" + i);
        }
        listen(new JsonObject().put("resourceSubscriptions", uris));
        assertThat(talk.told(ACKNOWLEDGED)
                        .getJsonObject("params")
                        .getJsonObject("notifications")
                        .getJsonArray("resourceSubscriptions"))
                .hasSize(1_000);
        assertThat(watch.count()).isEqualTo(watchesBefore + 1_000);

        JsonObject refused = talk.ask(
                "subscriptions/listen",
                params(new JsonObject()
                        .put(
                                "notifications",
                                new JsonObject()
                                        .put(
                                                "resourceSubscriptions",
                                                uris.copy().add("x")))));
        assertThat(refused.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
    }

    @Test
    void aCallThatIsTakenBackIsInterruptedAndNotAnswered() {
        long before = cancelled();
        int call = talk.begin("tools/call", toCall(BlockingTool.NAME, new JsonObject().put("call", unique)));
        Awaitility.await().until(() -> blocking.hasBegun(unique));

        takeBack(talk, call);

        Awaitility.await().until(() -> blocking.wasInterrupted(unique));
        Awaitility.await().until(() -> cancelled() == before + 1);
        assertThat(call("test_echo", new JsonObject().put("text", "x")).containsKey("result"))
                .isTrue();
        assertThat(talk.heard()).noneMatch(message -> Integer.valueOf(call).equals(message.getValue("id")));
        assertThat(running.count()).isZero();
    }

    @Test
    void aClientIsAskedInTheAnswerAndCallsAgain() {
        String tool = "test_input_required_result_elicitation";
        JsonObject asked =
                talk.ask("tools/call", toCall(tool, NOTHING, "elicitation")).getJsonObject("result");

        assertThat(asked.getString("resultType")).isEqualTo("input_required");
        assertThat(asked.getJsonObject("inputRequests").fieldNames()).containsExactly("user_name");
        JsonObject question = asked.getJsonObject("inputRequests").getJsonObject("user_name");
        assertThat(question.fieldNames()).containsExactlyInAnyOrder("method", "params");
        assertThat(question.getString("method")).isEqualTo("elicitation/create");

        JsonObject again = toCall(tool, NOTHING, "elicitation")
                .put(
                        "inputResponses",
                        answers("user_name", accepted("name", "Ann")).put("unasked", new JsonObject()))
                .put("requestState", asked.getString("requestState"));
        assertThat(text(talk.ask("tools/call", again))).isEqualTo("Hello, Ann!");
    }

    @Test
    void theAnswersOfEarlierRoundsComeBackInTheState() {
        String tool = "test_input_required_result_multi_round";
        JsonObject first =
                talk.ask("tools/call", toCall(tool, NOTHING, "elicitation")).getJsonObject("result");
        JsonObject second = talk.ask(
                        "tools/call",
                        toCall(tool, NOTHING, "elicitation")
                                .put("inputResponses", answers("step1", accepted("name", "Ann")))
                                .put("requestState", first.getString("requestState")))
                .getJsonObject("result");
        assertThat(second.getString("resultType")).isEqualTo("input_required");
        assertThat(second.getJsonObject("inputRequests").fieldNames()).containsExactly("step2");

        JsonObject last = talk.ask(
                "tools/call",
                toCall(tool, NOTHING, "elicitation")
                        .put("inputResponses", answers("step2", accepted("color", "red")))
                        .put("requestState", second.getString("requestState")));

        assertThat(text(last)).isEqualTo("Ann likes red");
    }

    @Test
    void whoseAnswerIsMissingIsAskedAgain() {
        String tool = "test_input_required_result_elicitation";
        for (JsonObject responses : new JsonObject[] {
            new JsonObject(),
            answers("user_name", "text"),
            new JsonObject().putNull("user_name"),
            answers("other", new JsonObject())
        }) {
            JsonObject again = talk.ask(
                            "tools/call", toCall(tool, NOTHING, "elicitation").put("inputResponses", responses))
                    .getJsonObject("result");

            assertThat(again.getString("resultType")).isEqualTo("input_required");
        }
    }

    @Test
    void aStateIsForTheRequestThatItWasGivenForOnly() {
        String tool = "test_sampling";
        JsonObject prompt = new JsonObject().put("prompt", "Who?");
        String state = talk.ask("tools/call", toCall(tool, prompt, "sampling"))
                .getJsonObject("result")
                .getString("requestState");
        int middle = state.length() / 2;
        String flipped =
                state.substring(0, middle) + (state.charAt(middle) == 'A' ? 'B' : 'A') + state.substring(middle + 1);

        assertRefused(toCall(tool, prompt, "sampling").put("requestState", flipped));
        assertRefused(toCall(tool, prompt, "sampling").put("requestState", ""));
        assertRefused(toCall(tool, prompt, "sampling").put("requestState", "nonsense"));
        assertRefused(toCall(tool, new JsonObject().put("prompt", "What?"), "sampling")
                .put("requestState", state));
        assertRefused(toCall("test_elicitation", prompt, "elicitation").put("requestState", state));
    }

    @Test
    void aClientThatHasNotDeclaredTheCapabilityIsToldWhichIsMissing() {
        JsonObject error = talk.ask("tools/call", toCall("test_sampling", new JsonObject().put("prompt", "x"), "roots"))
                .getJsonObject("error");

        assertThat(error.getInteger("code")).isEqualTo(-32021);
        assertThat(error.getJsonObject("data"))
                .isEqualTo(new JsonObject()
                        .put("requiredCapabilities", new JsonObject().put("sampling", new JsonObject())));
    }

    @Test
    void deletingIsConfirmedByTheUser() {
        save("kept");
        JsonObject delete = new JsonObject().put("collection", unique).put("ids", new JsonArray().add("kept"));
        JsonObject asked = talk.ask("tools/call", toCall("storage_delete", delete, "elicitation"))
                .getJsonObject("result");
        assertThat(asked.encode()).contains("storage_delete", "kept");
        String key =
                asked.getJsonObject("inputRequests").fieldNames().iterator().next();

        JsonObject declined = talk.ask(
                "tools/call",
                toCall("storage_delete", delete, "elicitation")
                        .put("inputResponses", answers(key, new JsonObject().put("action", "decline")))
                        .put("requestState", asked.getString("requestState")));
        assertThat(declined.encode()).contains("DECLINED");
        assertThat(deleted(talk.ask(
                        "tools/call",
                        toCall("storage_delete", delete, "elicitation")
                                .put("inputResponses", answers(key, accepted("confirm", true)))
                                .put("requestState", asked.getString("requestState")))))
                .isEqualTo(1);
    }

    @Test
    void whoseUserCannotBeAskedDeletesAtOnce() {
        save("gone");

        assertThat(delete(new JsonObject().put("ids", new JsonArray().add("gone"))))
                .isEqualTo(1);
    }

    private int delete(JsonObject what) {
        return deleted(call("storage_delete", what.copy().put("collection", unique)));
    }

    private static int deleted(JsonObject answer) {
        JsonObject result = answer.getJsonObject("result");
        assertThat(result.getString("resultType")).as(answer.encode()).isEqualTo("complete");
        return result.getJsonObject("structuredContent").getInteger("deleted");
    }

    private void assertRefused(JsonObject params) {
        JsonObject error = talk.ask("tools/call", params).getJsonObject("error");
        assertThat(error.getInteger("code")).isEqualTo(-32602);
        assertThat(error.getString("message")).contains("requestState");
    }

    private int listen(JsonObject filter) {
        return talk.begin("subscriptions/listen", params(new JsonObject().put("notifications", filter)));
    }

    private int watching(String... uris) {
        JsonArray all = new JsonArray();
        for (String uri : uris) {
            all.add(uri);
        }
        int id = listen(new JsonObject().put("resourceSubscriptions", all));
        assertThat(subscriptionOf(talk.told(ACKNOWLEDGED).getJsonObject("params")))
                .isEqualTo(id);
        return id;
    }

    private void assertUpdated(int subscription, String uri) {
        JsonObject updated = talk.take(message -> UPDATED.equals(message.getString("method"))
                && Integer.valueOf(subscription).equals(subscriptionOf(message.getJsonObject("params"))));
        assertThat(updated.getJsonObject("params").getString("uri")).isEqualTo(uri);
    }

    private static Object subscriptionOf(JsonObject params) {
        return params.getJsonObject("_meta").getValue(StatelessMessages.SUBSCRIPTION_NAME);
    }

    private void save(String id) {
        JsonObject document = new JsonObject().put("id", id).put("content", new JsonObject().put("text", id));
        JsonObject answer = call(
                "storage_save",
                new JsonObject().put("collection", unique).put("documents", new JsonArray().add(document)));
        assertThat(answer.getJsonObject("result").getBoolean("isError"))
                .as(answer.encode())
                .isFalse();
    }

    private JsonObject call(String tool, JsonObject arguments) {
        return talk.ask("tools/call", toCall(tool, arguments));
    }

    private long cancelled() {
        Timer timer = registry.find("mcp.requests")
                .tags("era", "stateless", "method", "tools/call", "outcome", "cancelled")
                .timer();
        return timer == null ? 0 : timer.count();
    }

    static JsonObject answers(String key, Object answer) {
        return new JsonObject().put(key, answer);
    }

    static JsonObject accepted(String field, Object value) {
        return new JsonObject().put("action", "accept").put("content", new JsonObject().put(field, value));
    }

    static String text(JsonObject answer) {
        JsonObject result = answer.getJsonObject("result");
        assertThat(result).as(answer.encode()).isNotNull();
        return result.getJsonArray("content").getJsonObject(0).getString("text");
    }
}
