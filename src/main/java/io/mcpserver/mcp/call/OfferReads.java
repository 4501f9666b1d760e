package io.mcpserver.mcp.call;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.message.Members;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.guard.ReadGuard;
import io.quarkiverse.mcp.server.McpException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Answers requests for prompts and resources of the catalog: on a worker thread, in time, and with failures as errors of
 * the protocol that say what to do.
 *
 * <p>Threads: safe for any number of callers; nothing blocks.
 */
@Singleton
class OfferReads {

    private final ReadGuard guard;
    private final LiveConfig config;

    OfferReads(ReadGuard guard, LiveConfig config) {
        this.guard = guard;
        this.config = config;
    }

    /** Answers {@code prompts/get}. */
    void get(PromptSpec prompt, Call call) {
        JsonObject given = Members.object(call.params(), "arguments");
        Optional<String> missing = prompt.arguments().stream()
                .filter(PromptSpec.Argument::required)
                .map(PromptSpec.Argument::name)
                .filter(Predicate.not(given::containsKey))
                .findFirst();
        if (missing.isPresent()) {
            call.reply()
                    .fail(
                            JsonRpcError.INVALID_PARAMS,
                            "The prompt " + prompt.name() + " needs the argument \"" + missing.get() + "\".");
            return;
        }
        Map<String, String> arguments = prompt.arguments().stream()
                .map(PromptSpec.Argument::name)
                .filter(given::containsKey)
                .collect(Collectors.toMap(name -> name, given::getString, (first, second) -> first));
        ToolCaller caller = call.caller();
        answer(call, "Making the prompt " + prompt.name(), () -> rendered(prompt, arguments, caller));
    }

    /** Answers {@code resources/read}. */
    void read(ResourceSpec resource, Call call) {
        ToolCaller caller = call.caller();
        String what = "Reading " + resource.uri();
        answer(call, what, () -> {
            String text = resource.reading().text(caller);
            refuseIfLong(what, text.length());
            JsonObject content = new JsonObject().put("uri", resource.uri());
            if (resource.mimeType() != null) {
                content.put("mimeType", resource.mimeType());
            }
            return new JsonObject().put("contents", new JsonArray().add(content.put("text", text)));
        });
    }

    private JsonObject rendered(PromptSpec prompt, Map<String, String> arguments, ToolCaller caller) {
        List<PromptSpec.Message> messages = prompt.rendering().messages(arguments, caller);
        refuseIfLong(
                "Making the prompt " + prompt.name(),
                messages.stream().mapToLong(message -> message.text().length()).sum());
        JsonArray said = new JsonArray();
        messages.forEach(message -> said.add(new JsonObject()
                .put("role", message.role())
                .put("content", new JsonObject().put("type", "text").put("text", message.text()))));
        return new JsonObject().put("description", prompt.description()).put("messages", said);
    }

    private void refuseIfLong(String what, long characters) {
        int most = config.now().tools().maxResultBytes();
        if (characters > most) {
            throw new CodedException(
                    ErrorCode.TOO_LARGE,
                    "%s gives %,d characters, more than tools.max_result_bytes allows (%,d)."
                            .formatted(what, characters, most));
        }
    }

    private void answer(Call call, String what, Callable<JsonObject> work) {
        Object id = call.request().id();
        guard.read(what, work)
                .map(result ->
                        new JsonObject().put("jsonrpc", "2.0").put("id", id).put("result", result))
                .onFailure(McpException.class)
                .recoverWithItem(failure -> {
                    McpException refusal = (McpException) failure;
                    return JsonRpcError.of(id, refusal.getJsonRpcErrorCode(), refusal.getMessage());
                })
                .subscribe()
                .with(call.reply()::say, failure -> call.reply().fail(JsonRpcError.INTERNAL_ERROR, "Internal error"));
    }
}
