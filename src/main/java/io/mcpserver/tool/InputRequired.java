package io.mcpserver.tool;

import java.util.Map;

/**
 * Ends a call of a client that has no session: the client is to answer the questions and to call again.
 * Thrown by {@link ToolClient#ask}; a tool lets it pass.
 */
public final class InputRequired extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Map<String, Question> questions;

    public InputRequired(Map<String, Question> questions) {
        super("The client has to answer first: " + questions.keySet(), null, false, false);
        this.questions = questions;
    }

    /** What is to be answered, by key. */
    public Map<String, Question> questions() {
        return questions;
    }
}
