package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.Template.Part;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.util.HashSet;
import java.util.Set;

/** Takes the secrets of a tool out of what a server says, which may be an echo of the request. */
record SecretMask(Set<SecretReference> references, Surroundings surroundings) {

    private static final int SHORTEST = 4;

    /** All that occur in a definition. */
    static Set<SecretReference> references(KindBody body) {
        Set<SecretReference> found = new HashSet<>();
        for (String place : new String[] {"/url", "/query", "/headers", "/body", "/form", "/text"}) {
            find(body, body.json().at(place), place, found);
        }
        return Set.copyOf(found);
    }

    private static void find(KindBody body, JsonNode value, String pointer, Set<SecretReference> found) {
        if (value.isTextual()) {
            body.secretTemplate(pointer).parts().forEach(part -> {
                if (part instanceof Part.Secret(SecretReference reference)) {
                    found.add(reference);
                }
            });
        }
        value.properties()
                .forEach(member -> find(body, member.getValue(), NamedValues.pointer(pointer, member.getKey()), found));
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            find(body, value.get(i), pointer + "/" + i, found);
        }
    }

    String masked(String text) {
        String masked = text;
        for (SecretReference reference : references) {
            try {
                String secret = surroundings.secret(reference);
                if (secret.length() >= SHORTEST) {
                    masked = masked.replace(secret, "***").replace(Percent.encoded(secret), "***");
                }
            } catch (CodedException gone) {
                // It was there when the request was made; what is not known any more cannot be looked for.
                return "(not shown)";
            }
        }
        return masked;
    }
}
