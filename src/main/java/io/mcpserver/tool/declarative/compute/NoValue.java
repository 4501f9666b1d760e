package io.mcpserver.tool.declarative.compute;

/** An expression has no number for the inputs of a call; says why, such as {@code it divides by zero}. */
final class NoValue extends RuntimeException {

    NoValue(String why) {
        super(why, null, false, false);
    }
}
