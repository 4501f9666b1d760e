package io.mcpserver.mcp.pass;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.pass.Flight.Pending;
import io.mcpserver.mcp.pass.SessionMemory.Said;
import io.mcpserver.mcp.share.Link;
import io.mcpserver.mcp.share.Passage;
import io.mcpserver.mcp.share.PassedLine;
import io.mcpserver.mcp.stdio.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Passes on what a client says to the owner of the data folder, and back what the owner says. When the owner goes, the
 * client's session goes on with the next one: that one is told what holds in the session, and what was not answered is
 * asked again, marked where the owner before may have carried it out. Each request is answered once, or taken back.
 */
public final class Passing {

    /** Where an owner is found. */
    public interface Owners {

        /**
         * The way to the owner that there is, or that there will be in a moment.
         *
         * @param wanted whether anybody still waits for it
         * @throws CodedException if there is none, or it is not wanted any more; says why
         */
        Passage next(BooleanSupplier wanted) throws InterruptedException;
    }

    /** How it ended: well if {@code failure} is empty. */
    public record End(String failure) {

        /** The client has gone, and everything was answered. */
        public boolean well() {
            return failure.isEmpty();
        }
    }

    private static final long LONGEST_ANSWER = Integer.MAX_VALUE / 2;
    private static final List<String> LISTS = List.of("tools", "prompts", "resources");

    /** Owners that are tried for what is not answered when the client has gone. */
    private static final int LAST_OWNERS = 3;

    private final InputStream in;
    private final OutputStream out;
    private final Owners owners;
    private final Consumer<String> warnings;
    private final Duration last;
    private final Flight flight = new Flight();
    private final SessionMemory memory = new SessionMemory();
    /** Held while something is said to the owner, and while there is none; guards the memory and the count of lines. */
    private final Semaphore saying = new Semaphore(1);
    /** Ids of what was said in the name of the client, whose answers are not for it. */
    private final Set<String> silent = Collections.synchronizedSet(new HashSet<>());
    /** Ids of questions of the owner that the client has not answered. */
    private final Set<String> questions = Collections.synchronizedSet(new LinkedHashSet<>());

    private volatile Passage passage;
    private volatile boolean clientGone;
    private volatile boolean ending;
    private long said;

    /**
     * @param in what the client says
     * @param out what the client is told
     * @param warnings takes sentences for people
     * @param last how long an owner may take, once the client has gone, for what it was asked
     */
    public Passing(InputStream in, OutputStream out, Owners owners, Consumer<String> warnings, Duration last) {
        this.last = last;
        this.in = in;
        this.out = out;
        this.owners = owners;
        this.warnings = warnings;
    }

    /** Passes on until the client has gone, or no owner can be had any more. */
    public End run(Passage first) throws InterruptedException {
        use(first);
        Thread.ofPlatform().daemon().name("client").start(this::readClient);
        try {
            int lastOwners = 0;
            OptionalLong taken = readOwner();
            while (!clientGone || !flight.isEmpty()) {
                lastOwners += clientGone ? 1 : 0;
                if (ending || lastOwners > LAST_OWNERS) {
                    flight.lost(taken);
                    throw new CodedException(ErrorCode.UNAVAILABLE, "This process ends.");
                }
                change(taken);
                taken = readOwner();
            }
            return new End("");
        } catch (CodedException e) {
            giveUp(e);
            return new End(clientGone ? "" : e.getMessage());
        } catch (ClientLeftException e) {
            return new End("");
        } finally {
            passage.link().close();
            flight.end();
        }
    }

    /** Ends: nothing more is read from the client, and what was said is answered if the owner stays. */
    public void end() {
        ending = true;
        clientGone = true;
        Passage now = passage;
        // Before it runs there is nobody to tell.
        if (now != null) {
            now.link().endOutput();
        }
    }

    /**
     * Takes leave of the owner, which answers what it was asked, and goes on with the one that is found then. What the client
     * subscribed to without a session ends; questions of the owner are taken back.
     */
    public void comeBack() {
        saying.acquireUninterruptibly();
        try {
            Passage now = passage;
            // Before it runs, with an owner that is just found.
            if (now != null) {
                now.link().endOutput();
            }
        } finally {
            saying.release();
        }
    }

    private void use(Passage next) {
        if (!next.differing().isEmpty()) {
            warnings.accept(
                    "the server with pid %d has the data folder and serves this client; its configuration is in force, which has other values of %s"
                            .formatted(next.owner(), String.join(", ", next.differing())));
        }
        passage = next;
    }

    private void readClient() {
        try {
            Lines lines = new Lines(in, () -> passage.longestLine());
            for (Lines.Line line = lines.next(); line != null && !ending; line = lines.next()) {
                switch (line) {
                    case Lines.Line.TooLong() -> tell(JsonTexts.tooLong(passage.longestLine()));
                    case Lines.Line.Text(byte[] text) -> say(text);
                }
            }
        } catch (IOException | ClientLeftException e) {
            // Nobody is there any more, which the end of input says as well.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clientGone = true;
        Thread.ofPlatform().daemon().name("last").start(this::endInTime);
        saying.acquireUninterruptibly();
        try {
            passage.link().endOutput();
        } finally {
            saying.release();
        }
    }

    /** So that an owner that hangs does not keep this process for ever. */
    private void endInTime() {
        try {
            Thread.sleep(last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ending = true;
        passage.link().close();
    }

    private void say(byte[] text) throws InterruptedException {
        Envelope message = Envelope.of(text);
        if (message.kind() == Envelope.Kind.REQUEST) {
            flight.awaitRoom();
        }
        saying.acquire();
        try {
            memory.heard(message, text);
            switch (message.kind()) {
                case REQUEST -> say(flight.add(message, text), text);
                case NOTIFICATION -> {
                    if (message.cancels() != null) {
                        flight.over(message.cancels());
                    }
                    write(text);
                }
                case RESPONSE -> {
                    questions.remove(message.id());
                    write(text);
                }
                case OTHER -> write(text);
            }
        } catch (IOException e) {
            // The owner has gone; who reads from it notices, and tells the next one.
        } finally {
            saying.release();
        }
    }

    private void say(Pending request, byte[] line) throws IOException {
        flight.saying(request, said + 1);
        write(line);
        flight.said(request);
    }

    private void write(byte[] line) throws IOException {
        said++;
        passage.link().say(line);
    }

    /** Reads until the owner has gone; how many lines it has taken, if it said so. */
    private OptionalLong readOwner() {
        OptionalLong taken = OptionalLong.empty();
        Lines lines = new Lines(passage.link().in(), () -> LONGEST_ANSWER);
        try {
            for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                // Of an owner that was killed the last line may be a part of one.
                if (line instanceof Lines.Line.Text(byte[] text) && lines.wasWhole()) {
                    OptionalLong bye = PassedLine.taken(text);
                    OptionalLong refused = PassedLine.refused(text);
                    if (bye.isPresent()) {
                        taken = bye;
                    } else if (refused.isPresent()) {
                        flight.refused(refused.getAsLong());
                    } else {
                        hear(text);
                    }
                }
            }
        } catch (IOException e) {
            // The same as its end.
        }
        return taken;
    }

    private void hear(byte[] text) {
        Envelope message = Envelope.of(text);
        if (message.kind() == Envelope.Kind.RESPONSE && message.id() != null) {
            if (silent.remove(message.id())) {
                return;
            }
            // Before it is told, for then the client may use the id again.
            flight.over(message.id());
            tell(text);
            return;
        }
        if (message.kind() == Envelope.Kind.REQUEST) {
            questions.add(message.id());
        } else if (message.cancels() != null) {
            questions.remove(message.cancels());
        }
        tell(text);
    }

    private void change(OptionalLong taken) throws InterruptedException {
        saying.acquire();
        boolean repeats = false;
        try {
            Passage before = passage;
            before.link().close();
            flight.lost(taken);
            takeBackQuestions();
            use(owners.next(() -> !ending && !(clientGone && flight.isEmpty())));
            said = 0;
            boolean otherOffer = !passage.offer().equals(before.offer());
            // On a thread of its own, because the owner may wait for its answers to be read.
            Thread.ofPlatform().daemon().name("repeat").start(() -> repeat(otherOffer));
            repeats = true;
        } finally {
            if (!repeats) {
                saying.release();
            }
        }
    }

    private void repeat(boolean otherOffer) {
        try {
            repeat();
            if (otherOffer && memory.begun()) {
                LISTS.forEach(list -> tell(JsonTexts.listChanged(list)));
            }
            if (clientGone) {
                passage.link().endOutput();
            }
        } catch (IOException e) {
            // That one has gone, too; what was not said is said to the next.
        } catch (ClientLeftException e) {
            passage.link().close();
        } finally {
            saying.release();
        }
    }

    private void takeBackQuestions() {
        List<String> open = List.of(questions.toArray(String[]::new));
        questions.clear();
        open.forEach(id -> tell(JsonTexts.cancelled(id)));
    }

    private void repeat() throws IOException {
        Set<String> told = new HashSet<>();
        List<Said> session = memory.all();
        silent.clear();
        session.stream()
                .filter(line -> line.id() != null && waiting(line).isEmpty())
                .map(Said::id)
                .forEach(silent::add);
        for (Said line : session) {
            Optional<Pending> waiting = waiting(line);
            if (waiting.isEmpty()) {
                write(line.line());
            } else {
                // The client waits for the answer itself.
                told.add(line.id());
                say(waiting.get(), line.line());
            }
        }
        for (Pending request : flight.all()) {
            if (!told.contains(request.id())) {
                boolean marked = request.calls() && flight.isDoubtful(request);
                say(request, marked ? PassedLine.repeated(request.line()) : request.line());
            }
        }
    }

    /** The request that a line of the session was, if it is not answered; another one may have its id by now. */
    private Optional<Pending> waiting(Said said) {
        return said.id() == null
                ? Optional.empty()
                : flight.find(said.id()).filter(request -> request.line() == said.line());
    }

    private void giveUp(CodedException why) {
        for (Pending request : flight.all()) {
            boolean unknown = request.calls() && flight.isDoubtful(request);
            String sentence = unknown
                    ? "The server process that ran this call ended before it answered, so it may or may not have been carried out. "
                    : "There is no server any more. ";
            try {
                tell(JsonTexts.failed(
                        request.id(),
                        unknown ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.UNAVAILABLE,
                        sentence + why.getMessage()));
            } catch (ClientLeftException e) {
                return;
            }
            flight.over(request.id());
        }
    }

    /** Tells the client one line. */
    private void tell(byte[] line) {
        synchronized (out) {
            try {
                out.write(Link.ended(line));
                out.flush();
            } catch (IOException e) {
                clientGone = true;
                throw new ClientLeftException(e);
            }
        }
    }

    /** The client reads no more. */
    private static final class ClientLeftException extends RuntimeException {
        ClientLeftException(IOException cause) {
            super(cause);
        }
    }
}
