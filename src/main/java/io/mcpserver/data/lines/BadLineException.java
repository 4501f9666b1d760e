package io.mcpserver.data.lines;

/** A line that says nothing about a store; the message, without a subject, says why. */
public final class BadLineException extends Exception {

    public BadLineException(String why) {
        super(why);
    }
}
