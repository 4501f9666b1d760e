package io.mcpserver.data;

/**
 * The way to a store that is open somewhere: in this process, or in a server that runs.
 *
 * <p>Threads: one at a time. Errors: an exception whose message is a sentence for the operator.
 */
public interface DataLine extends AutoCloseable {

    /** Operations that a store's side answers, see {@link #ask}. */
    enum Operation {
        /** Takes {@code {collections: [..], deleted: bool}}; begins to read the store at one instant. */
        SNAPSHOT,
        /** Takes the id that {@link #SNAPSHOT} answered; gives the next lines, or nothing at the end. */
        PAGE,
        /** Takes the id that {@link #SNAPSHOT} answered; gives back what is kept for it. */
        END,
        /** Takes lines; brings them into the store, except where it has another state of a document. */
        IMPORT,
        /** Takes lines; brings them into the store, also in place of another state of a document. */
        REPLACE,
        /** Takes nothing; says what is in the store. */
        STATS,
        /** Takes the name of a folder for the old files; puts the store that was made ready in the place of this one. */
        SWAP
    }

    /** Sends a text and gives the answer, JSON or lines of JSON. */
    String ask(Operation operation, String body);

    /** Whose store it is, in words, such as {@code the server with pid 12}. */
    String where();

    @Override
    void close();
}
