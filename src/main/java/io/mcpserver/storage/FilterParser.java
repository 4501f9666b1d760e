package io.mcpserver.storage;

import com.fasterxml.jackson.databind.JsonNode;

public final class FilterParser {
    public static Filter parse(JsonNode json) {
        throw new UnsupportedOperationException();
    }
}
