package io.mcpserver.tool.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call of the tool below it and what comes of it; a test, which {@code mcp-server tools test} runs. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Example.List.class)
public @interface Example {

    /** What people call it; without it, "example 1" and so on. */
    String name() default "";

    /** The arguments, a JSON object. */
    String given() default "{}";

    /** What the result must have, JSON: objects have these members at least, lists exactly these items. Anything if empty. */
    String expect() default "";

    /** The code with which the call must fail, such as {@code NOT_FOUND}; it must succeed if empty. */
    String fails() default "";

    /** Several examples. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface List {

        Example[] value();
    }
}
