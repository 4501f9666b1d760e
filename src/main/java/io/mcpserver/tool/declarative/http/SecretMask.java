package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.Redaction;
import io.mcpserver.tool.declarative.Template.Part;
import io.mcpserver.tool.declarative.http.client.FetchException;
import io.mcpserver.tool.declarative.http.client.Origin;
import io.mcpserver.tool.declarative.http.client.WebAddress;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the secrets of a tool out of what a server says, which may be an echo of the request.
 *
 * @param inputs names of the inputs that are secrets
 */
record SecretMask(Set<SecretReference> references, Set<String> inputs, Surroundings surroundings) {

    /** The mask of one call. */
    @FunctionalInterface
    interface Filled {

        String masked(String text);
    }

    /** Of all secrets that occur in a definition. */
    static SecretMask of(KindBody body, Surroundings surroundings) {
        return new SecretMask(references(body), body.secretInputs(), surroundings);
    }

    private static Set<SecretReference> references(KindBody body) {
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

    /** Knows the secrets among the inputs of a call as well. */
    Filled of(Inputs given) {
        return text -> masked(text, given);
    }

    private String masked(String text, Inputs given) {
        Set<String> secrets = new HashSet<>();
        inputs.forEach(name -> given.text(name).ifPresent(secrets::add));
        try {
            references.forEach(reference -> secrets.add(surroundings.secret(reference)));
        } catch (CodedException gone) {
            // It was there when the request was made; what is not known any more cannot be looked for.
            return "(not shown)";
        }
        Set<String> forms = new HashSet<>(secrets);
        secrets.forEach(secret -> {
            forms.add(Percent.encoded(secret));
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            server(secret)
                    .ifPresent(origin -> forms.addAll(
                            List.of(origin.authority(), origin.host().toString())));
        });
        return Redaction.of(text, forms);
    }

    /** Where a secret is an address, a server may tell its own name, which is a part of it. */
    private static Optional<Origin> server(String secret) {
        try {
            return Optional.of(WebAddress.of(secret).origin());
        } catch (FetchException noAddress) {
            return Optional.empty();
        }
    }
}
