package io.mcpserver.storage.journal;

import io.mcpserver.storage.thread.WriteTicket;

/** A write that waits for the journal. */
final class JournalTicket<T> extends WriteTicket<T> {

    private final JournalWrite<T> write;

    JournalTicket(JournalWrite<T> write) {
        super(write);
        this.write = write;
    }

    JournalWrite<T> write() {
        return write;
    }

    void decide(Decision decision) {
        decided(write.in(decision));
    }
}
