package io.mcpserver.config.reload;

import java.util.Optional;

/**
 * A key that was changed and takes effect with the next start only.
 *
 * @param inForce its old value, which stays in force; empty where it had none, or is a secret
 */
public record PendingKey(String key, Optional<Object> inForce) {

    private static final int LONGEST = 200;

    /** The key with its old value, for people. */
    public String inWords() {
        return key + inForce.map(value -> " (in force: " + shown(value) + ")").orElse("");
    }

    static String shown(Object value) {
        String text = value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
