package io.mcpserver.tool.discovery;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.file.AsServed;
import io.mcpserver.tool.file.Surroundings;

/**
 * A configuration that tools are held against before it is in force. Once it is, or was thrown away, they see what is.
 *
 * <p>Threads: safe for any number of callers.
 */
final class NextConfig {

    private volatile ServerConfig next;

    NextConfig(ServerConfig next) {
        this.next = next;
    }

    /** From now on what is in force counts. */
    void settle() {
        next = null;
    }

    Surroundings around(Surroundings served) {
        return new Around(served);
    }

    private final class Around implements AsServed {

        private final Surroundings served;

        Around(Surroundings served) {
            this.served = served;
        }

        @Override
        public Surroundings served() {
            return served;
        }

        @Override
        public ServerConfig config() {
            ServerConfig coming = next;
            return coming == null ? served.config() : coming;
        }
    }
}
