package io.mcpserver.tool.declarative.compute;

/** A text is no expression; says what is wrong and where, as what stands after the key. */
final class Unreadable extends Exception {

    Unreadable(String why) {
        super(why, null, false, false);
    }
}
