package io.mcpserver.cache.redis;

import io.mcpserver.cache.CacheKey;
import io.mcpserver.cache.CacheSettings;
import io.mcpserver.cache.CacheUnavailableException;
import io.mcpserver.cache.Lookup;
import io.mcpserver.cache.ResultCache;
import io.mcpserver.config.RedisAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Results in Redis, sealed.
 *
 * <p>Each collection has a token there, another after each change. A value is sealed with the tokens that were there before
 * it was made, and opens with these only: so it is void once a token is another, or gone.
 */
final class RedisResultCache implements ResultCache {

    /** A token that is gone makes values void, so it stays longer than most of them. */
    private static final Duration TOKEN_TTL = Duration.ofDays(7);

    private final RedisNames names;
    private final SealedValues sealed;
    private final Untold untold = new Untold();
    private final RedisConnections connections;

    RedisResultCache(CacheSettings settings) {
        this.names = new RedisNames(settings.server(), () -> settings.keys().apply("result cache names"));
        this.sealed = new SealedValues(() -> settings.keys().apply("result cache values"));
        String url = settings.config().redisUrl();
        this.connections = new RedisConnections(() -> RedisAddress.resolve(url), this::tellChanges);
    }

    @Override
    public Lookup find(CacheKey key) throws CacheUnavailableException {
        List<String> collections = Untold.of(key);
        Untold.Batch changes = untold.among(collections);
        List<Command> commands = new ArrayList<>(tokens(changes.collections()));
        if (!collections.isEmpty()) {
            Command read = Command.of("MGET");
            for (String collection : collections) {
                read = read.with(names.token(collection));
            }
            commands.add(read);
        }
        commands.add(Command.of("GETRANGE", names.value(key), "0", Integer.toString(ReplyReader.MOST_BYTES - 1)));
        List<Reply> replies = connections.exchange(commands);
        done(replies.subList(0, changes.collections().size()));
        untold.told(changes);
        Optional<String> state = collections.isEmpty() ? Optional.of("") : state(replies.get(replies.size() - 2));
        if (state.isEmpty()) {
            return new Lookup(Optional.empty(), newState(collections));
        }
        return new Lookup(value(key, state.get(), replies.getLast()), state.get());
    }

    /** A value that is no text, or that does not open, is none; the next one takes its place. */
    private Optional<byte[]> value(CacheKey key, String state, Reply reply) {
        return reply instanceof Reply.Text(byte[] bytes) ? sealed.open(key, state, bytes) : Optional.empty();
    }

    /** The tokens of all collections; empty if one has none. */
    private static Optional<String> state(Reply reply) {
        if (!(reply instanceof Reply.Items(List<Reply> tokens))) {
            return Optional.empty();
        }
        StringBuilder state = new StringBuilder();
        for (Reply token : tokens) {
            if (!(token instanceof Reply.Text(byte[] bytes))) {
                return Optional.empty();
            }
            state.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
        }
        return Optional.of(state.toString());
    }

    private String newState(List<String> collections) throws CacheUnavailableException {
        List<Command> commands = tokens(collections);
        done(connections.exchange(commands));
        StringBuilder state = new StringBuilder();
        commands.forEach(command -> state.append(new String(command.words().get(2), StandardCharsets.ISO_8859_1))
                .append('\n'));
        return state.toString();
    }

    @Override
    public void keep(CacheKey key, String state, byte[] value, Duration ttl) throws CacheUnavailableException {
        if (value.length <= MOST_VALUE_BYTES) {
            done(connections.exchange(List.of(Command.of("SET", names.value(key))
                    .with(sealed.seal(key, state, value))
                    .with("PX")
                    .with(Long.toString(Math.max(1, ttl.toMillis()))))));
        }
    }

    @Override
    public void changed(Collection<String> collections) {
        untold.add(collections);
        connections.wake();
    }

    private void tellChanges(RedisWire wire) throws java.io.IOException {
        Untold.Batch changes = untold.all();
        if (changes.collections().isEmpty()) {
            return;
        }
        List<Reply> replies = wire.exchange(tokens(changes.collections()), RedisConnections.LIMIT);
        for (Reply reply : replies) {
            if (reply instanceof Reply.Refusal(String reason)) {
                throw new java.io.IOException("it refuses to be told of changes: " + reason);
            }
        }
        untold.told(changes);
    }

    /** Commands that give each collection a token that it never had. */
    private List<Command> tokens(Collection<String> collections) {
        return collections.stream()
                .map(collection -> Command.of(
                        "SET",
                        names.token(collection),
                        UUID.randomUUID().toString(),
                        "PX",
                        Long.toString(TOKEN_TTL.toMillis())))
                .toList();
    }

    private static void done(List<Reply> replies) throws CacheUnavailableException {
        for (Reply reply : replies) {
            if (reply instanceof Reply.Refusal(String reason)) {
                throw new CacheUnavailableException(
                        "The Redis of cache.redis_url keeps nothing: " + RedisWire.shown(reason) + ".");
            }
        }
    }

    /** Not known: other servers may keep theirs in the same Redis. */
    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    /** Redis counts its own. */
    @Override
    public long evictions() {
        return 0;
    }

    @Override
    public void close() {
        connections.close();
    }
}
