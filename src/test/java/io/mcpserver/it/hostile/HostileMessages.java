package io.mcpserver.it.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * An endless supply of messages that are nearly right: valid ones of both eras, changed by none to three
 * mutations. One seed gives the same messages in the same order. Not for several threads.
 */
public final class HostileMessages {

    /** @param stateless whether it was made of a message of revision 2026-07-28; {@code original} is that message */
    public record Hostile(byte[] bytes, JsonNode original, boolean stateless) {

        /** The method that the message had before it was changed; empty for a response. */
        public String method() {
            return original.path("method").asText();
        }
    }

    private final Chance chance;
    private final TreeMutation tree;
    private final TextMutation text;

    public HostileMessages(Chance chance) {
        this.chance = chance;
        this.tree = new TreeMutation(chance);
        this.text = new TextMutation(chance);
    }

    public Hostile next() {
        boolean stateless = chance.oneIn(2);
        JsonNode original = chance.of(stateless ? ValidMessages.STATELESS : ValidMessages.STATEFUL);
        JsonNode changed = original.deepCopy();
        for (int mutations = chance.below(4); mutations > 0; mutations--) {
            tree.apply(changed);
        }
        byte[] bytes = changed.toString().getBytes(StandardCharsets.UTF_8);
        return new Hostile(chance.oneIn(4) ? text.apply(bytes) : bytes, original, stateless);
    }
}
