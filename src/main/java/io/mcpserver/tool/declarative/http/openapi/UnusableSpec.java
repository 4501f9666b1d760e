package io.mcpserver.tool.declarative.http.openapi;

/** A description of which no tool can be made; the message says why, and what would be right. */
public final class UnusableSpec extends Exception {

    private static final long serialVersionUID = 1;

    UnusableSpec(String message) {
        super(message, null, false, false);
    }
}
