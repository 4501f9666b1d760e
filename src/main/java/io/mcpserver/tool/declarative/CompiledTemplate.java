package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A template that was read once, into what never changes and what is filled in. */
record CompiledTemplate(Piece piece, Set<String> names) implements Template {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    CompiledTemplate {
        names = Set.copyOf(names);
    }

    /** A value in the making. */
    sealed interface Piece {

        /** {@link MissingNode} where the value is an input that was not given. */
        JsonNode fill(Inputs inputs);
    }

    /** Has nothing to fill in; the same each time. */
    record Fixed(JsonNode value) implements Piece {

        @Override
        public JsonNode fill(Inputs inputs) {
            return value;
        }
    }

    /** One input, with its type. */
    record One(String name) implements Piece {

        @Override
        public JsonNode fill(Inputs inputs) {
            return inputs.get(name).orElse(MissingNode.getInstance());
        }
    }

    /** A text in which something is filled in. */
    record Words(List<Part> parts, Surroundings surroundings) implements Piece {

        @Override
        public JsonNode fill(Inputs inputs) {
            StringBuilder text = new StringBuilder();
            for (Part part : parts) {
                text.append(
                        switch (part) {
                            case Part.Literal literal -> literal.text();
                            case Part.Input input -> inputs.text(input.name()).orElse("");
                            case Part.Secret secret -> read(secret.reference());
                        });
            }
            return JSON.textNode(text.toString());
        }

        private String read(SecretReference reference) {
            return surroundings.secret(reference);
        }
    }

    record Members(Map<String, Piece> members) implements Piece {

        @Override
        public JsonNode fill(Inputs inputs) {
            ObjectNode object = JSON.objectNode();
            members.forEach((name, piece) -> {
                JsonNode value = piece.fill(inputs);
                if (!value.isMissingNode()) {
                    object.set(name, value);
                }
            });
            return object;
        }
    }

    record Items(List<Piece> items) implements Piece {

        @Override
        public JsonNode fill(Inputs inputs) {
            ArrayNode array = JSON.arrayNode(items.size());
            for (Piece piece : items) {
                JsonNode value = piece.fill(inputs);
                if (!value.isMissingNode()) {
                    array.add(value);
                }
            }
            return array;
        }
    }

    @Override
    public JsonNode fill(Inputs inputs) {
        return piece.fill(inputs);
    }

    @Override
    public List<Part> parts() {
        return switch (piece) {
            case Fixed fixed
            when fixed.value().isTextual() ->
                fixed.value().textValue().isEmpty()
                        ? List.of()
                        : List.of(new Part.Literal(fixed.value().textValue()));
            case One one -> List.of(new Part.Input(one.name()));
            case Words words -> words.parts();
            default -> throw new IllegalStateException("Not a template of a text");
        };
    }

    @Override
    public boolean isFixed() {
        return piece instanceof Fixed;
    }
}
