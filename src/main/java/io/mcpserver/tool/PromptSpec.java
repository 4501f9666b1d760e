package io.mcpserver.tool;

import java.util.List;
import java.util.Map;

/**
 * A prompt: a text for a model that the user of a client picks and fills in.
 *
 * @param name 1 to 64 of {@code A-Z a-z 0-9 _ . -}
 * @param title for people
 * @param rendering makes the messages
 */
public record PromptSpec(String name, String title, String description, List<Argument> arguments, Rendering rendering) {

    public record Argument(String name, String description, boolean required) {}

    /** @param role {@code user} or {@code assistant} */
    public record Message(String role, String text) {}

    /** Makes the messages of a prompt; may block. */
    @FunctionalInterface
    public interface Rendering {

        /** @param arguments those of the prompt that were given; all that are required */
        List<Message> messages(Map<String, String> arguments, ToolCaller caller);
    }
}
