package io.mcpserver.tool.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says more of an argument of a tool, or of a part of a record. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface Arg {

    /** Without it, that of the parameter. */
    String name() default "";

    /** For models: what it means, with an example where one helps. */
    String description() default "";

    /** Whether it has to be given. One that is not, and has no default, is null or an empty {@code Optional}. */
    boolean required() default true;

    /** What stands for it where it is not given: a text as it is, anything else as JSON. At most one. */
    String[] defaultValue() default {};

    /** Least value of a number, least length of a text, least size of a list or map. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Greatest value of a number, greatest length of a text, greatest size of a list or map. */
    double max() default Double.POSITIVE_INFINITY;

    /** A regular expression that a text must contain a match of. */
    String pattern() default "";

    /** The texts that are allowed. */
    String[] choices() default {};
}
