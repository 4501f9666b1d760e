package io.mcpserver.tool.declarative.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.Template;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One argument of a program.
 *
 * @param mayBeOption whether an input may make it begin with a dash, so that the program could take it for an option
 */
record Argument(Template template, boolean mayBeOption) {

    /** The inputs, with the folder of the file among them. */
    static Inputs in(Path folder, Inputs inputs) {
        return name -> {
            Optional<JsonNode> given = inputs.get(name);
            return given.isEmpty() && name.equals(ExecKind.FOLDER)
                    ? Optional.of(TextNode.valueOf(folder.toString()))
                    : given;
        };
    }

    /**
     * The argument; empty where it is an input that was not given.
     *
     * @throws CodedException {@code INVALID_ARGUMENT} if no program could be given it, or if it could be taken for an option
     */
    Optional<String> of(Inputs inputs) {
        JsonNode filled = template.fill(inputs);
        if (filled.isMissingNode() || filled.isNull()) {
            return Optional.empty();
        }
        String text = filled.isValueNode() ? filled.asText() : filled.toString();
        if (text.indexOf('\0') >= 0) {
            throw new CodedException(
                    ErrorCode.INVALID_ARGUMENT,
                    names() + " has the character U+0000 in it, which no program can be given.");
        }
        if (text.startsWith("-") && !mayBeOption && !filled.isNumber() && beginsWithInput()) {
            throw new CodedException(
                    ErrorCode.INVALID_ARGUMENT,
                    names()
                            + " begins with \"-\", which the program could take for an option; give one that does not.");
        }
        return Optional.of(text);
    }

    private boolean beginsWithInput() {
        return !template.isFixed() && !(template.parts().getFirst() instanceof Template.Part.Literal);
    }

    private String names() {
        return "The input " + String.join(", ", template.names());
    }
}
