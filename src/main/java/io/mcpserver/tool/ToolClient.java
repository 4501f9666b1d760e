package io.mcpserver.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The client behind one call, whichever revision of the protocol it speaks and by whichever transport.
 *
 * <p>Threads: for the thread that runs the tool and those that it starts. What is said after the call
 * was answered or cancelled is dropped.
 */
public interface ToolClient {

    /** A client that can do nothing and hears nothing but the result. */
    ToolClient SILENT = new SilentClient();

    /** Whether the client declared that it can do this. */
    boolean can(ClientFeature feature);

    /** Whether the client asked to hear of progress; {@link #progress} does nothing otherwise. */
    boolean wantsProgress();

    /**
     * Tells the client how far the call is. Dropped where the client does not read.
     *
     * @param progress greater than that of the call before
     * @param total the same unit; negative where unknown
     */
    void progress(double progress, double total, String message);

    /** Tells the client what happens, if it wants to hear of this level. Dropped where the client does not read. */
    void log(LogLevel level, String logger, JsonNode data);

    /**
     * Asks the client several things at once and returns its answers by the same keys.
     *
     * <p>A client with a session is asked while the tool waits. A client without one is asked in the answer to its
     * call and calls again: then the tool runs anew from its beginning, and the answers are there. So before it asks, a
     * tool does nothing that must not be done twice, and it asks the same questions under the same keys every time.
     *
     * @return the client's results as they came: attacker-controlled
     * @throws CapabilityMissing if the client has not declared that it can answer
     * @throws InputRequired if the client has to call again; to be let through
     * @throws InterruptedException if the call was cancelled
     * @throws io.mcpserver.error.CodedException {@code TIMEOUT} if no answer came; {@code INVALID_ARGUMENT} if the
     *     client answered with an error
     */
    Map<String, ObjectNode> ask(Map<String, Question> questions) throws InterruptedException;
}
