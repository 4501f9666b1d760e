package io.mcpserver.mcp.pass;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What has to be known of a message to pass it on; the rest of it is not looked at.
 *
 * @param id of a request or a response, as JSON, so that 1 and "1" are two; {@code null} where there is none
 * @param method {@code null} in a response
 * @param uri the member of that name in the parameters; {@code null} where there is none
 * @param cancels the id of the request that the message takes back, as JSON; {@code null} where it does not
 */
record Envelope(Kind kind, String id, String method, String uri, String cancels) {

    enum Kind {
        REQUEST,
        NOTIFICATION,
        RESPONSE,
        /** No message; whoever it is for says what is wrong with it. */
        OTHER
    }

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final Envelope UNREADABLE = new Envelope(Kind.OTHER, null, null, null, null);

    /** Never throws, whatever the text is. */
    static Envelope of(byte[] text) {
        try (JsonParser json = FACTORY.createParser(text)) {
            return json.nextToken() == JsonToken.START_OBJECT ? read(json) : UNREADABLE;
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    private static Envelope read(JsonParser json) throws IOException {
        String id = null;
        String method = null;
        String uri = null;
        String cancels = null;
        boolean answers = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "id" -> id = id(json, value);
                case "method" -> method = value == JsonToken.VALUE_STRING ? json.getText() : null;
                case "result", "error" -> answers = true;
                case "params" -> {
                    while (value == JsonToken.START_OBJECT && json.nextToken() == JsonToken.FIELD_NAME) {
                        String member = json.currentName();
                        JsonToken inner = json.nextToken();
                        if (member.equals("uri") && inner == JsonToken.VALUE_STRING) {
                            uri = json.getText();
                        } else if (member.equals("requestId")) {
                            cancels = id(json, inner);
                        }
                        json.skipChildren();
                    }
                }
                default -> {
                    // Of no interest.
                }
            }
            if (answers && id != null) {
                // What is left may be long.
                return new Envelope(Kind.RESPONSE, id, null, null, null);
            }
            json.skipChildren();
        }
        return of(id, method, answers, uri, cancels);
    }

    private static Envelope of(String id, String method, boolean answers, String uri, String cancels) {
        if (answers || method == null) {
            return answers ? new Envelope(Kind.RESPONSE, id, null, null, null) : UNREADABLE;
        }
        return id == null
                ? new Envelope(
                        Kind.NOTIFICATION, null, method, uri, method.equals("notifications/cancelled") ? cancels : null)
                : new Envelope(Kind.REQUEST, id, method, uri, null);
    }

    private static String id(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return JsonTexts.quoted(json.getText());
        }
        return value.isNumeric() ? json.getText() : null;
    }
}
