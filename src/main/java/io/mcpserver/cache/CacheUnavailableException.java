package io.mcpserver.cache;

/** Why a cache cannot be asked now, in a sentence without any secret; callers do without it. */
public final class CacheUnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    public CacheUnavailableException(String sentence) {
        super(sentence, null, false, false);
    }
}
