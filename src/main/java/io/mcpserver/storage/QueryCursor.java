package io.mcpserver.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mcpserver.error.ErrorCode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Where a page of a query ended, as a value: the place of its last document in the order, not a thing
 * that a process holds. What is saved or deleted between two pages neither repeats nor hides another
 * document.
 *
 * @param keys one for each sort key of the query
 * @param id of the last document
 */
public record QueryCursor(List<SortKey> keys, String id) {

    /** Characters of a cursor. */
    public static final int MAX_LENGTH = 16_384;

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int DIGEST_BYTES = 12;

    /** The text that continues a query after a document. */
    public static String after(Query query, Document last) {
        ArrayNode written = MAPPER.createArrayNode().add(digest(query)).add(last.id());
        for (Query.Sort sort : query.sort()) {
            SortKey key = SortKey.of(FieldPath.parse(sort.path()).valueIn(last));
            written.add(key.rank());
            written.add(Double.toString(key.number()));
            written.add(key.exact().toString());
            written.add(key.text());
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(written.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the cursor of a query; empty where it has none.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} if it is no cursor, or one of another collection,
     *     filter or sort
     */
    public static Optional<QueryCursor> of(Query query) {
        return query.cursor().map(text -> {
            JsonNode read = decode(text);
            if (!digest(query).equals(read.path(0).textValue())) {
                throw invalid("The cursor belongs to another query: repeat collection, filter and sort unchanged,"
                        + " or leave the cursor out to start anew.");
            }
            return read(read, query.sort().size());
        });
    }

    private static JsonNode decode(String text) {
        if (text.length() <= MAX_LENGTH) {
            try {
                JsonNode read = MAPPER.readTree(Base64.getUrlDecoder().decode(text));
                if (read.isArray()) {
                    return read;
                }
            } catch (IOException | IllegalArgumentException e) {
                throw unreadable();
            }
        }
        throw unreadable();
    }

    private static QueryCursor read(JsonNode read, int sorts) {
        try {
            List<SortKey> keys = new ArrayList<>();
            for (int at = 2; at < 2 + 4 * sorts; at += 4) {
                keys.add(new SortKey(
                        read.required(at).intValue(),
                        Double.parseDouble(read.required(at + 1).textValue()),
                        new BigInteger(read.required(at + 2).textValue()),
                        read.required(at + 3).textValue()));
            }
            return new QueryCursor(List.copyOf(keys), read.required(1).textValue());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw unreadable();
        }
    }

    private static String digest(Query query) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String asked = query.collection() + '\n' + query.filter() + '\n' + query.sort();
            byte[] hash = digest.digest(asked.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(java.util.Arrays.copyOf(hash, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StoreException unreadable() {
        return invalid("The cursor cannot be read: pass on next_cursor of the page before, unchanged.");
    }

    private static StoreException invalid(String message) {
        return new StoreException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
