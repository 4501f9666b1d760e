package io.mcpserver.tool.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a tool that agents can call.
 *
 * <p>The method is static, or its class has a constructor without parameters; then there is one instance, for any number
 * of threads at once, and it is closed with its file if it is {@link AutoCloseable}. Each parameter is an argument of
 * the tool under its own name; a parameter of the type {@link ToolContext} is the call itself. A method may block; it is
 * interrupted when its time is over or the client takes the call back.
 *
 * <p>Arguments may be {@code String}, {@code boolean}, {@code int}, {@code long}, {@code double}, {@code float}, {@code
 * BigInteger}, {@code BigDecimal}, enums, records, {@code byte[]} (base64), {@code List<T>}, {@code Map<String, T>},
 * {@code Optional<T>}, {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime}, {@code OffsetDateTime}, {@code
 * Instant}, {@code Duration}, {@code UUID}, {@code URI}, and {@code Object} for any value. So may results, and what is in
 * them. A result that is a record or a map is the structured result; a text is a text; anything else is the structured
 * result {@code {"result": …}}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Tool {

    /** 1 to 64 of {@code A-Z a-z 0-9 _ . -}; without it, that of the method: {@code count_words} for {@code countWords}. */
    String name() default "";

    /** For people; without it, the name. */
    String title() default "";

    /** For models: what it does and when to use it. */
    String description();

    /** Whether it changes nothing. */
    boolean readOnly() default false;

    /** Whether what it changes may be lost; of no account for one that only reads. */
    boolean destructive() default true;

    /** Whether calling it again with the same arguments changes nothing more; of no account for one that only reads. */
    boolean idempotent() default false;

    /** Whether it reaches beyond this machine, such as the web. */
    boolean openWorld() default true;

    /** How long a call may take, 1 to 3600; 0 for {@code performance.request_timeout}. */
    int timeoutSeconds() default 0;

    /** What the key of the caller must have; nothing if empty. */
    String scope() default "";

    /** By which a client chooses some of the tools. */
    String[] groups() default {};

    /** Whether the user is asked first, where the client can ask. */
    boolean confirm() default false;

    /** How often one caller may call it in a minute; 0 for as often as it likes. */
    int callsPerMinute() default 0;

    /** How long a result may be given again for the same arguments, for one that only reads; 0 for not at all. */
    int cacheSeconds() default 0;
}
