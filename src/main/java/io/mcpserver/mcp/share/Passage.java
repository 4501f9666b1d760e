package io.mcpserver.mcp.share;

import io.mcpserver.config.ProgramVersion;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.mcp.share.Greeting.Answer;
import io.mcpserver.mcp.share.Greeting.Refusal;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The way from this process to the owner of its data folder; the owner has let it in.
 *
 * @param owner pid of the owner
 * @param longestLine bytes of a message that the owner takes
 * @param differing keys in which its configuration differs from this one; the owner's is in force
 * @param offer another one means that other tools may be offered
 */
public record Passage(long owner, long longestLine, List<String> differing, String offer, Link link) {

    /** Its system has taken the connection by then: who does not answer hangs. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    /**
     * Goes in at the owner's door.
     *
     * @return empty if nobody is there now: an owner is about to begin or to end
     * @throws CodedException if the owner does not let this process in, does not answer in five seconds, or cannot be
     *     reached at all; says who it is and what would be right
     */
    public static Optional<Passage> open(ServerConfig config) {
        return open(config, ANSWER_LIMIT);
    }

    static Optional<Passage> open(ServerConfig config, Duration limit) {
        ShareFolder folder = new ShareFolder(config.storage().path());
        Optional<OwnerCard> card = OwnerCard.in(folder);
        if (card.isEmpty()) {
            return Optional.empty();
        }
        if (card.get().socket().isEmpty()) {
            throw refused(
                    config,
                    card.get(),
                    "which no other process can reach: end it, or give this one another storage.path");
        }
        return folder.isOurs(card.get().socket().get())
                ? open(config, card.get(), card.get().socket().get(), limit)
                : Optional.empty();
    }

    private static Optional<Passage> open(ServerConfig config, OwnerCard card, Path socket, Duration time) {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException | UnsupportedOperationException e) {
            throw refused(
                    config, card, "and this system has no sockets to reach it: give this one another storage.path");
        }
        Link link = new Link(channel);
        boolean connected = false;
        boolean open = false;
        long began = System.nanoTime();
        try (Link.Limit limit = link.closingAfter(time)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            connected = true;
            link.say(new Greeting(
                            card.secret(),
                            ProgramVersion.get(),
                            ProcessHandle.current().pid(),
                            SharedSettings.of(config))
                    .toLine());
            Optional<byte[]> line = link.line(Greeting.LONGEST);
            if (line.isEmpty()) {
                return Optional.empty();
            }
            Optional<Passage> passage = passage(config, card, Greeting.readAnswer(line.get()), link);
            open = passage.isPresent();
            return passage;
        } catch (IOException e) {
            if (connected && System.nanoTime() - began >= time.toNanos()) {
                throw refused(
                        config,
                        card,
                        "which has not answered for %d s: if it hangs, end it (kill %d); what it acknowledged is kept"
                                .formatted(time.toSeconds(), card.pid()));
            }
            return Optional.empty();
        } finally {
            if (!open) {
                link.close();
            }
        }
    }

    private static Optional<Passage> passage(ServerConfig config, OwnerCard card, Answer answer, Link link) {
        return switch (answer) {
            case Answer.Welcome(long pid, long longest, List<String> differing, String offer) ->
                Optional.of(new Passage(pid, longest, differing, offer, link));
            // The card was replaced between the look at it and the connection.
            case Answer.Refused(Refusal refusal, String sentence) when refusal == Refusal.SECRET -> Optional.empty();
            case Answer.Refused(Refusal refusal, String sentence) ->
                throw refused(config, card, "and does not serve this process: " + sentence);
        };
    }

    /** What to say where an owner cannot be reached for long. */
    public static CodedException unreachable(ServerConfig config, Duration waited) {
        Optional<OwnerCard> card = OwnerCard.in(new ShareFolder(config.storage().path()));
        String owner = card.map(OwnerCard::inWords).orElse("another process");
        return new CodedException(
                ErrorCode.STORE_LOCKED,
                "The data folder %s is in use by %s, which could not be reached for %d s: end it, or give this one another storage.path."
                        .formatted(config.storage().path(), owner, waited.toSeconds()));
    }

    private static CodedException refused(ServerConfig config, OwnerCard card, String why) {
        return new CodedException(
                ErrorCode.STORE_LOCKED,
                "The data folder %s is in use by %s, %s."
                        .formatted(config.storage().path(), card.inWords(), why));
    }
}
