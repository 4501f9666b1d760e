package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.tool.file.SecretReference;
import java.util.List;
import java.util.Set;

/**
 * A value of a tool file in which {@code ${NAME}} stands for an input of the call, and {@code ${env.NAME}} and {@code
 * ${file:PATH}} for secrets. {@code $${} is a plain {@code ${}.
 *
 * <p>What is filled in is never read as a template again. Threads: safe for any number of callers.
 */
public interface Template {

    /**
     * The value with everything filled in: a text that is one {@code ${NAME}} and nothing else becomes the input with its
     * type, or nothing where the input was not given (a member of an object is then left out, an item of an array too);
     * in the middle of a text, an input becomes its text, or the empty text.
     *
     * @return not to be changed, since what has nothing to fill in is the same each time; missing where the whole
     *     template is an input that was not given
     * @throws io.mcpserver.error.CodedException {@code UNSUPPORTED} where a secret is missing
     */
    JsonNode fill(Inputs inputs);

    /** The parts of a text; for kinds that encode or bind what is filled in. Only of a template that is a text. */
    List<Part> parts();

    /** Names of the inputs that occur. */
    Set<String> names();

    /** Whether there is nothing to fill in. */
    boolean isFixed();

    /** A piece of a text. */
    sealed interface Part {

        /** Stands as it is. */
        record Literal(String text) implements Part {}

        /** An input of the call. */
        record Input(String name) implements Part {}

        /** Read when it is needed, each time; may be told to nobody. */
        record Secret(SecretReference reference) implements Part {}
    }
}
