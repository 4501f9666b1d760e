package io.mcpserver.config;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** A parser that stops at a depth that no file of its kind has, before the composer's recursion exhausts the stack. */
final class ShallowParser extends ParserImpl {

    /** The text is nested too deeply. */
    static final class TooDeep extends RuntimeException {
        private final transient Problem problem;

        TooDeep(Problem problem) {
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    private final Place start;
    private final int maxDepth;
    private int depth;
    private Place reached;

    ShallowParser(LoadSettings settings, StreamReader reader, Place start, int maxDepth) {
        super(settings, reader);
        this.start = start;
        this.maxDepth = maxDepth;
        this.reached = start;
    }

    @Override
    public Event next() {
        Event event = super.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> depth++;
            case MappingEnd, SequenceEnd -> depth--;
            default -> {}
        }
        int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        int column = event.getStartMark().map(Mark::getColumn).orElse(0) + 1;
        reached = start.at(line, column);
        if (depth > maxDepth) {
            throw new TooDeep(reached.error("", "is nested more than " + maxDepth + " deep"));
        }
        return event;
    }

    /** Where the last event began. */
    Place reached() {
        return reached;
    }
}
