package io.mcpserver.tool.dropin;

import io.mcpserver.tool.api.Tool;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A class of a tool file that may have methods which are tools. For the thread that loads the file. */
final class AnnotatedClass {

    private final Class<?> type;
    private final Lines lines;
    private final FoundTools found;

    AnnotatedClass(Class<?> type, Lines lines, FoundTools found) {
        this.type = type;
        this.lines = lines;
        this.found = found;
    }

    /** Adds its tools; initializes the class and makes an instance only if there are some. Returns how many methods are marked. */
    int find() {
        List<Method> methods = Stream.of(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Tool.class))
                .sorted(Comparator.<Method>comparingInt(lines::of).thenComparing(Method::getName))
                .toList();
        if (methods.isEmpty() || !initialized(lines.of(methods.getFirst()))) {
            return methods.size();
        }
        List<Method> ofInstance = methods.stream()
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toList();
        Optional<Object> instance = ofInstance.isEmpty() ? Optional.empty() : instance(lines.of(ofInstance.getFirst()));
        instance.ifPresent(found::hold);
        for (Method method : methods) {
            boolean fixed = Modifier.isStatic(method.getModifiers());
            if (fixed || instance.isPresent()) {
                new ToolMethod(method, lines, found).add(handle(method, fixed ? Optional.empty() : instance));
            }
        }
        return methods.size();
    }

    private boolean initialized(int line) {
        try {
            AuthorCode.run(found.loader(), () -> Class.forName(type.getName(), true, found.loader()));
            return true;
        } catch (AuthorFailure | RuntimeException | InterruptedException e) {
            fault(line, "its static initializer failed", e);
            return false;
        }
    }

    private Optional<Object> instance(int line) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return Optional.of(AuthorCode.run(found.loader(), () -> made(constructor)));
        } catch (NoSuchMethodException e) {
            found.faults()
                    .error(
                            line,
                            type.getSimpleName(),
                            "needs a constructor without parameters, and to be static if it is inside of another class; or make its tools static");
        } catch (AuthorFailure | RuntimeException | InterruptedException e) {
            fault(line, "no instance could be made", e);
        }
        return Optional.empty();
    }

    private static Object made(Constructor<?> constructor) throws Exception {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void fault(int line, String what, Throwable thrown) {
        int thrownAt = AuthorFailure.line(thrown, found.loader().getName());
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        found.faults()
                .error(
                        thrownAt > 0 ? thrownAt : line,
                        type.getSimpleName(),
                        what + ": "
                                + (first instanceof AuthorFailure ? first.getMessage() : AuthorFailure.inWords(first)));
    }

    private static MethodHandle handle(Method method, Optional<Object> instance) {
        try {
            MethodHandle handle = MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
                    .unreflect(method)
                    .asFixedArity();
            return instance.map(handle::bindTo).orElse(handle);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
