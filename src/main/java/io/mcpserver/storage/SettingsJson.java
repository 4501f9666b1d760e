package io.mcpserver.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.mcpserver.error.ErrorCode;

/** The text form of a collection's settings, as engines keep it. */
public final class SettingsJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private SettingsJson() {}

    public static String write(CollectionSettings settings) {
        try {
            return MAPPER.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new StoreException(ErrorCode.INTERNAL, "Collection settings cannot be written.", e);
        }
    }

    /** @throws StoreException {@code STORE_UNAVAILABLE} if the text is damaged */
    public static CollectionSettings read(String text) {
        try {
            return MAPPER.readValue(text, CollectionSettings.class);
        } catch (JsonProcessingException e) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "Stored collection settings are damaged.", e);
        }
    }
}
