package io.mcpserver.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The limits that every engine puts on documents, checked before anything is written. */
public final class DocumentRules {

    /** Characters (code points) of an id. */
    public static final int MAX_ID_LENGTH = 256;

    /** Bytes of one document's content as JSON in UTF-8. */
    public static final int MAX_CONTENT_BYTES = 1_000_000;

    /** Objects and arrays within each other, the content itself counted. */
    public static final int MAX_DEPTH = 100;

    /** Documents or ids of one call. */
    public static final int MAX_BATCH = 10_000;

    /** Bytes of all contents of one call. */
    public static final int MAX_BATCH_BYTES = 32_000_000;

    private DocumentRules() {}

    /**
     * Returns the id, which is 1–256 characters without control characters and lone surrogates.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} otherwise
     */
    public static String checkId(String id) {
        if (id == null || id.isEmpty() || id.codePointCount(0, id.length()) > MAX_ID_LENGTH) {
            throw invalid("The document id " + Quoted.text(id) + " is not valid: an id has 1 to 256 characters.");
        }
        if (hasLoneSurrogate(id) || id.chars().anyMatch(Character::isISOControl)) {
            throw invalid("The document id " + Quoted.text(id)
                    + " is not valid: it holds a control character or half of a surrogate pair.");
        }
        return id;
    }

    /** Checks the ids of one call: each valid, at most {@link #MAX_BATCH}. */
    public static void checkIds(List<String> ids) {
        checkBatch(ids.size());
        ids.forEach(DocumentRules::checkId);
    }

    /** Checks ids of one save: valid, at most {@link #MAX_BATCH}, none twice. */
    public static void checkDocuments(List<DocumentToSave> documents) {
        checkBatch(documents.size());
        Set<String> seen = new HashSet<>();
        for (DocumentToSave document : documents) {
            if (!seen.add(checkId(document.id()))) {
                throw invalid(
                        "The id " + Quoted.text(document.id()) + " occurs twice in one save: send each document once.");
            }
        }
    }

    /** Checks what is to be taken over from another store: names, ids, versions; at most {@link #MAX_BATCH}, none twice. */
    public static void checkStored(List<StoredDocument> documents) {
        checkBatch(documents.size());
        Set<List<String>> seen = new HashSet<>();
        for (StoredDocument document : documents) {
            CollectionNames.check(document.collection());
            if (document.version() < 1) {
                throw invalid("The version of the document " + Quoted.text(document.id()) + " is " + document.version()
                        + "; versions begin with 1.");
            }
            if (!seen.add(List.of(document.collection(), checkId(document.id())))) {
                throw invalid("The id " + Quoted.text(document.id()) + " occurs twice in one call.");
            }
        }
    }

    /**
     * Checks the bytes of all contents of one save.
     *
     * @throws StoreException {@code TOO_LARGE} beyond {@link #MAX_BATCH_BYTES}
     */
    public static void checkBatchBytes(long bytes) {
        if (bytes > MAX_BATCH_BYTES) {
            throw new StoreException(
                    ErrorCode.TOO_LARGE,
                    "The documents of this call have " + bytes + " bytes of JSON; one call takes at most "
                            + MAX_BATCH_BYTES + ": split it.");
        }
    }

    /**
     * Checks the bytes of all contents that one call reads.
     *
     * @throws StoreException {@code TOO_LARGE} beyond {@link #MAX_BATCH_BYTES}
     */
    public static void checkLoadedBytes(long bytes) {
        if (bytes > MAX_BATCH_BYTES) {
            throw new StoreException(
                    ErrorCode.TOO_LARGE,
                    "These documents have more than " + MAX_BATCH_BYTES + " bytes: load fewer at once.");
        }
    }

    /** Whether a text holds half of a surrogate pair, which UTF-8 cannot carry. */
    public static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return true;
            }
        }
        return false;
    }

    static int depth(JsonNode node, int limit) {
        int deepest = 0;
        if (node.isContainerNode() && limit > 0) {
            for (JsonNode child : node) {
                deepest = Math.max(deepest, depth(child, limit - 1));
            }
        }
        return node.isContainerNode() ? deepest + 1 : 0;
    }

    private static void checkBatch(int size) {
        if (size > MAX_BATCH) {
            throw new StoreException(
                    ErrorCode.TOO_LARGE,
                    "One call takes at most " + MAX_BATCH + " documents, not " + size + ": split it.");
        }
    }

    private static StoreException invalid(String message) {
        return new StoreException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
