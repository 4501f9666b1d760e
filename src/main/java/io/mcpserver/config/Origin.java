package io.mcpserver.config;

/** Where the value of a key came from; a later one wins over an earlier one. */
public enum Origin {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    FLAG
}
