package io.mcpserver.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** Something that only the client can answer, while a tool runs. */
public sealed interface Question {

    /** How long an answer is waited for: people need time to read and decide. */
    Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** The method of the protocol that asks it. */
    String method();

    /** The parameters of that method. */
    ObjectNode params();

    /** What the client must have declared to be asked. */
    ClientFeature needs();

    /**
     * Asks the user to fill in a form. The answer has {@code action}, {@code accept}, {@code decline} or {@code
     * cancel}, and where accepted {@code content}, which the client, not this server, has checked.
     *
     * @param requestedSchema an object schema with flat properties, JSON Schema 2020-12
     */
    record Elicitation(String message, ObjectNode requestedSchema) implements Question {

        @Override
        public String method() {
            return "elicitation/create";
        }

        @Override
        public ObjectNode params() {
            ObjectNode params = JsonNodeFactory.instance.objectNode();
            params.put("message", message).set("requestedSchema", requestedSchema);
            return params;
        }

        @Override
        public ClientFeature needs() {
            return ClientFeature.ELICITATION;
        }
    }

    /**
     * Asks the client's model. The answer is a message: {@code role}, {@code content}, {@code model}.
     *
     * @param params of {@code sampling/createMessage}: at least {@code messages} and {@code maxTokens}
     */
    record Sampling(ObjectNode params) implements Question {

        @Override
        public String method() {
            return "sampling/createMessage";
        }

        @Override
        public ClientFeature needs() {
            return ClientFeature.SAMPLING;
        }
    }

    /** Asks for the folders the user works in. The answer has {@code roots}, an array of {@code {uri, name?}}. */
    record Roots() implements Question {

        @Override
        public String method() {
            return "roots/list";
        }

        @Override
        public ObjectNode params() {
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public ClientFeature needs() {
            return ClientFeature.ROOTS;
        }
    }
}
