package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What stands under the name of a kind in a tool's definition, and a way to say what is wrong there.
 *
 * <p>For the thread that loads the file.
 */
public interface KindBody {

    /** Name of the tool. */
    String tool();

    /** The definition, as JSON. */
    JsonNode json();

    /** The tool's full input schema, bound inputs included: what {@code ${NAME}} in a template may name. */
    ObjectNode inputs();

    /** Names of the inputs that the server gives, and nobody else. */
    Set<String> bound();

    /** Whether a call goes on though the server has no value for an input that it gives. */
    boolean mayLack(String name);

    /** Names of the bound inputs that come from the environment, and that may be told to nobody. */
    Set<String> secretInputs();

    /** How long a call may take, where the tool says it in place of {@code performance.request_timeout}. */
    Optional<Duration> timeout();

    /** What the structured result must conform to; checked after the kind's handler. */
    Optional<ObjectNode> output();

    /**
     * Reads the value at a JSON Pointer as a template; its unknown names are told as faults, and so are secrets, since
     * what is filled in may be seen.
     *
     * @param pointer into {@link #json}, such as {@code /url}
     */
    Template template(String pointer);

    /**
     * As {@link #template}, where the kind knows names besides those of inputs and gives their values itself.
     *
     * @param names that an input of the same name hides
     */
    Template template(String pointer, Set<String> names);

    /** As {@link #template}, where nobody sees what is filled in: secrets may stand there. */
    Template secretTemplate(String pointer);

    /**
     * Says what is wrong.
     *
     * @param pointer into {@link #json}: where
     * @param message what is wrong and what would be right, such as {@code must be one of sales, crm}
     */
    void fault(String pointer, String message);
}
