package io.mcpserver.tool.discovery;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.Problem;
import java.util.List;

/**
 * What another configuration means for the tool files: read, checked and, if it says so, tested; nothing of it is in
 * force.
 *
 * <p>Threads: {@link #commit} or {@link #abort} has to be called, once, on the thread that prepared it. Until then no
 * other look at tool files begins.
 */
public final class PreparedTools {

    private final ToolDiscovery discovery;
    private final NextConfig next;
    private final Look look;
    private final ToolOutlet.Swap swap;
    private final long begin;

    /** @param begin when the look began, in nanoseconds */
    PreparedTools(ToolDiscovery discovery, NextConfig next, Look look, ToolOutlet.Swap swap, long begin) {
        this.discovery = discovery;
        this.next = next;
        this.look = look;
        this.swap = swap;
        this.begin = begin;
    }

    /** How each file would fare. */
    public List<FileState> files() {
        return look.states();
    }

    /** What is wrong with folders. */
    public List<Problem> problems() {
        return look.problems();
    }

    /** What has to come into force in the same moment as the configuration. */
    public List<LiveConfig.Next<?>> together() {
        return swap.together();
    }

    /** To be called when the configuration is in force, with {@link #together}. */
    public DiscoveryReport commit() {
        try {
            return discovery.take(look, swap, begin);
        } finally {
            next.settle();
            discovery.endTurn();
        }
    }

    /** Gives back what was read; what was offered before still is. */
    public void abort() {
        try {
            look.discardNew();
        } finally {
            next.settle();
            discovery.endTurn();
        }
    }
}
