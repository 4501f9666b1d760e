package io.mcpserver.insight;

/** Why nothing can be told about a server, in a sentence that says what to do. */
public final class InsightException extends RuntimeException {

    public InsightException(String sentence) {
        super(sentence);
    }

    public InsightException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
