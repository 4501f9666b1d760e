package io.mcpserver.storage.lancedb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.StoreException;

/** The settings of a collection as text. */
final class SettingsJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private SettingsJson() {}

    static String write(CollectionSettings settings) {
        try {
            return MAPPER.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new StoreException(ErrorCode.INTERNAL, "Collection settings cannot be written.", e);
        }
    }

    static CollectionSettings read(String text) {
        try {
            return MAPPER.readValue(text, CollectionSettings.class);
        } catch (JsonProcessingException e) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "Stored collection settings are damaged.", e);
        }
    }
}
