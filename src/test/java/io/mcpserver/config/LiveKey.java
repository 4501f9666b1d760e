package io.mcpserver.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a test that shows what another value of these keys does while the server runs; {@code LiveKeysTest} counts. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LiveKey {

    /** Paths such as {@code tools.confirm}. */
    String[] value();
}
