package io.mcpserver.cache.redis;

import java.util.List;

/** What Redis answers to one command. */
sealed interface Reply {

    /** A value; its bytes are the reader's own. */
    record Text(byte[] bytes) implements Reply {}

    record Number(long value) implements Reply {}

    record Items(List<Reply> items) implements Reply {}

    /** No value. */
    record Nothing() implements Reply {}

    /** The command was not done. */
    record Refusal(String reason) implements Reply {}
}
