package io.mcpserver.tool.dropin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolDraft;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.api.Arg;
import io.mcpserver.tool.api.Example;
import io.mcpserver.tool.api.Tool;
import io.mcpserver.tool.api.ToolContext;
import io.mcpserver.tool.dropin.shape.Field;
import io.mcpserver.tool.dropin.shape.Shapes;
import io.mcpserver.tool.dropin.shape.UnsupportedTypeException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A method that is marked as a tool. For the thread that loads its file. */
final class ToolMethod {

    private final Method method;
    private final Lines lines;
    private final FoundTools found;
    private final Tool said;
    private final String name;
    private final Shapes shapes = new Shapes();

    ToolMethod(Method method, Lines lines, FoundTools found) {
        this.method = method;
        this.lines = lines;
        this.found = found;
        this.said = method.getAnnotation(Tool.class);
        this.name = said.name().isEmpty() ? snakeCase(method.getName()) : said.name();
    }

    /** Adds the tool and its examples to what was found, or what is wrong with it to the faults. */
    void add(MethodHandle handle) {
        try {
            ToolDraft draft = ToolSpec.named(name)
                    .title(said.title().isEmpty() ? name : said.title())
                    .description(said.description().strip())
                    .version(found.version())
                    .hints(ToolSettings.hints(said.readOnly(), said.destructive(), said.idempotent(), said.openWorld()))
                    .policy(ToolSettings.policy(said));
            if (said.description().isBlank()) {
                fault("needs a description: what it does and when to use it");
            }
            Optional<List<Optional<Field>>> arguments = arguments(draft);
            result(draft);
            arguments.ifPresent(fields -> {
                AuthorTool tool = new AuthorTool(
                        name, found.threads(), found.surroundings(), said.timeoutSeconds(), method.getReturnType());
                found.add(draft.blocks(tool.method(handle, fields)), lines.of(method));
                examples();
            });
        } catch (IllegalArgumentException e) {
            fault(e.getMessage());
        }
    }

    /** What the parameters are: arguments, or where nothing stands, the call. Empty if one of them is wrong. */
    private Optional<List<Optional<Field>>> arguments(ToolDraft draft) {
        List<Optional<Field>> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean sound = true;
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getType() == ToolContext.class) {
                fields.add(Optional.empty());
                continue;
            }
            try {
                Field field = argument(parameters[i]);
                fields.add(Optional.of(field));
                if (!names.add(field.name())) {
                    throw new IllegalArgumentException("two arguments have the name " + field.name());
                }
            } catch (UnsupportedTypeException e) {
                sound = false;
                fault(lines.of(method, i), "the argument %s %s".formatted(parameters[i].getName(), e.getMessage()));
            } catch (IllegalArgumentException e) {
                sound = false;
                fault(lines.of(method, i), e.getMessage());
            }
        }
        if (!sound) {
            return Optional.empty();
        }
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("type", "object");
        Field.describe(fields.stream().flatMap(Optional::stream).toList(), input);
        draft.input(input);
        return Optional.of(fields);
    }

    private Field argument(Parameter parameter) {
        Arg arg = parameter.getAnnotation(Arg.class);
        if (!parameter.isNamePresent() && (arg == null || arg.name().isEmpty())) {
            throw new IllegalArgumentException(
                    "the names of arguments are not in the class; compile it with -parameters, or say @Arg(name = …)");
        }
        return Field.argument(parameter.getName(), parameter.getParameterizedType(), arg, shapes);
    }

    private void result(ToolDraft draft) {
        try {
            shapes.ofResult(method.getGenericReturnType()).ifPresent(draft::output);
        } catch (UnsupportedTypeException e) {
            fault("the result " + e.getMessage());
        }
    }

    private void examples() {
        Example[] examples = method.getAnnotationsByType(Example.class);
        for (int i = 0; i < examples.length; i++) {
            try {
                found.tests().add(ExampleTest.of(name, i + 1, lines.of(method), examples[i]));
            } catch (IllegalArgumentException e) {
                fault("example %d: %s".formatted(i + 1, e.getMessage()));
            }
        }
    }

    private void fault(String message) {
        fault(lines.of(method), message);
    }

    private void fault(int line, String message) {
        found.faults().error(line, name, message);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
