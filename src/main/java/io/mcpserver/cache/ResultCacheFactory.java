package io.mcpserver.cache;

/** Opens caches of one back end. Found with {@link java.util.ServiceLoader}; loading a factory loads no driver. */
public interface ResultCacheFactory {

    /** The value of {@code cache.backend} that selects this back end. */
    String backend();

    /** Whether other processes see what is kept, and must hear of changes in this one. */
    boolean shared();

    /** Opens the cache at once; what it needs from elsewhere is waited for by those who use it. */
    ResultCache open(CacheSettings settings);
}
