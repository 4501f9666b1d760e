package io.mcpserver.data.transfer;

/** Hears how far a long command is; called on its thread. */
public interface Steps {

    Steps NONE = (done, total) -> {};

    /** @param total what {@code done} will be at the end, as far as is known; 0 where it is not */
    void at(long done, long total);
}
