package io.mcpserver.tool.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One call of a tool: who called, and the client behind it.
 *
 * <p>Threads: for the thread that runs the tool and those that it starts. What is said after the call was answered or
 * cancelled is dropped.
 */
public interface ToolContext {

    /** Who called. */
    Caller caller();

    /** How much time the call has left; what is not answered then has failed. Zero once it is over. */
    Duration timeLeft();

    /**
     * Tells the client how far the call is.
     *
     * @param done greater than that of the call before
     * @param total the same unit; negative where unknown
     */
    void progress(double done, double total, String message);

    /** Tells the client what happens, if it wants to hear of this level. It is no log of the server. */
    void log(System.Logger.Level level, String message);

    /** Whether the client can ask its user. */
    boolean canAsk();

    /**
     * Asks the user a question that is answered with yes or no.
     *
     * <p>A client without a session is asked in the answer to its call, and calls again: then the tool runs anew from its
     * beginning. So before it asks, a tool does nothing that must not be done twice, and it asks the same questions in
     * the same order every time. Whatever this throws has to be let through.
     *
     * @return whether the user said yes; false if the user would not answer
     * @throws RuntimeException where {@link #canAsk} is false, or if no answer came
     */
    boolean confirm(String question);

    /** Asks the user for a text, as {@link #confirm}; empty if the user would not answer. */
    Optional<String> ask(String question);

    /** Asks the user for one of several texts, as {@link #confirm}; empty if the user would not answer. */
    Optional<String> choose(String question, List<String> choices);
}
