package io.mcpserver.tool;

/**
 * A resource: something that a client may read by its address.
 *
 * @param uri unique among all resources
 * @param name for programs
 * @param title for people
 * @param reading reads it
 */
public record ResourceSpec(
        String uri, String name, String title, String description, String mimeType, Reading reading) {

    /** Reads a resource; may block. */
    @FunctionalInterface
    public interface Reading {

        String text(ToolCaller caller) throws Exception;
    }
}
