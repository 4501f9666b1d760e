package io.mcpserver.mcp.stdio;

import io.mcpserver.mcp.stdio.LineTalk.Manner;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** Talks with the process that started this one, over its standard streams, as {@link LineTalk} says. */
@Singleton
public class StdioTransport {

    private final LineTalk talk;

    StdioTransport(TalkParts parts) {
        this.talk = new LineTalk(parts, Manner.DIRECT);
    }

    /** Starts talking; {@code whenOver} is run once, when the talk has ended and was answered. */
    public void start(Runnable whenOver) {
        start(StandardStreams.in(), StandardStreams.out(), whenOver);
    }

    void start(InputStream in, OutputStream out, Runnable whenOver) {
        talk.start(in, out, whenOver);
    }

    /** Ends the talk as {@link LineTalk#drain} says. */
    public void drain(Duration limit) {
        talk.drain(limit);
    }

    int inFlight() {
        return talk.inFlight();
    }
}
