package io.mcpserver.config.reload;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import java.util.List;

/**
 * A part of the server that takes part in every reload: it is asked before anything changes, and may refuse.
 *
 * <p>Threads: one reload at a time; the two calls of one reload come from the same thread.
 */
public interface ReloadStep {

    /**
     * Makes ready what {@code next} means, without any effect yet; then exactly one of the two methods of what is returned
     * is called. What is thrown refuses the reload.
     *
     * @param next what will be in force; the same as before where nothing live changed
     */
    Prepared prepare(ServerConfig next);

    /** What is ready to take effect. */
    interface Prepared {

        /** What is wrong; an error refuses the reload. */
        default List<Problem> problems() {
            return List.of();
        }

        /** What would change besides the configuration, each in a few words without a secret; empty for nothing. */
        default List<String> changes() {
            return List.of();
        }

        /** Files of which this would not use what they say now, each as people call it; why is among the problems. */
        default List<String> quarantined() {
            return List.of();
        }

        /** What has to come into force in the same moment as the configuration. */
        default List<LiveConfig.Next<?>> together() {
            return List.of();
        }

        /**
         * Lets it take effect; {@code next} is in force by then, with {@link #together}. Must not fail: nothing is taken back any more. Not called
         * where nothing changes at all.
         */
        void commit();

        /** Throws it away; what was there stays. */
        void abort();
    }
}
