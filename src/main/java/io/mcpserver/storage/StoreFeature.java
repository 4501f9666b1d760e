package io.mcpserver.storage;

/** What an engine may be able to do beyond the base operations. */
public enum StoreFeature {
    /** {@link DocumentStore#search} answers; engines without it are given an index. */
    SEARCH,
    /** The engine has an SQL surface. */
    SQL,
    /** Several processes may open the same data. */
    SHARED
}
