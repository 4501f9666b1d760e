package io.mcpserver.tool.dropin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolHandler;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.api.ToolDefinition;
import io.mcpserver.tool.dropin.shape.Field;
import io.mcpserver.tool.dropin.shape.JsonForm;
import io.mcpserver.tool.file.Surroundings;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * How a tool of a file is called and how its answer becomes a result.
 *
 * <p>Threads: safe for any number of callers, as far as the author's code is.
 *
 * @param timeoutSeconds 0 for {@code performance.request_timeout}
 * @param answers the type of what it answers
 */
record AuthorTool(
        String name, AuthorThreads threads, Surroundings surroundings, long timeoutSeconds, Class<?> answers) {

    private static final String DONE = "Done.";

    /** A tool that is a method. */
    ToolHandler method(MethodHandle handle, List<Optional<Field>> parameters) {
        MethodHandle spread = handle.asSpreader(Object[].class, parameters.size())
                .asType(MethodType.methodType(Object.class, Object[].class));
        return call -> answer(call, context -> {
            Object[] values = new Object[parameters.size()];
            for (int i = 0; i < values.length; i++) {
                Optional<Field> field = parameters.get(i);
                values[i] = field.isPresent() ? field.get().read(call.arguments(), "") : context;
            }
            return invoke(spread, values);
        });
    }

    /** A tool that a provider defined. */
    @SuppressWarnings("unchecked")
    ToolHandler work(ToolDefinition.Work work) {
        return call ->
                answer(call, context -> work.call((Map<String, Object>) JsonForm.plain(call.arguments()), context));
    }

    /** What a tool does. */
    private interface Doing {

        Object with(CallContext context) throws Exception;
    }

    private ToolResult answer(ToolCall call, Doing doing) throws Exception {
        CallContext context = new CallContext(name, call, limit());
        Callable<ToolResult> whole = () -> result(doing.with(context));
        return threads.run(name, whole);
    }

    private Duration limit() {
        return timeoutSeconds > 0
                ? Duration.ofSeconds(timeoutSeconds)
                : surroundings.config().performance().requestTimeout();
    }

    private static Object invoke(MethodHandle handle, Object[] values) throws Exception {
        try {
            return (Object) handle.invokeExact(values);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private ToolResult result(Object answer) {
        if (answers == void.class) {
            return ToolResult.ofText(DONE);
        }
        if (answer instanceof CharSequence text) {
            return ToolResult.ofText(text.toString());
        }
        JsonNode json = JsonForm.of(answer);
        if (json instanceof ObjectNode object) {
            return ToolResult.of(object);
        }
        if (json.isNull()) {
            throw new IllegalStateException("The tool answered with null.");
        }
        ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
        wrapped.set(JsonForm.RESULT, json);
        return ToolResult.of(wrapped, json.isTextual() ? json.asText() : json.toString());
    }
}
