package io.mcpserver.insight.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What one look at the machine brought.
 *
 * @param name what was looked at
 * @param found in one sentence
 * @param remedy what to do, an empty text where nothing is to be done
 */
public record Check(String name, Verdict verdict, String found, String remedy) {

    /** How it is. */
    public enum Verdict {
        OK,
        WARNING,
        PROBLEM
    }

    static Check ok(String name, String found) {
        return new Check(name, Verdict.OK, found, "");
    }

    static Check warning(String name, String found, String remedy) {
        return new Check(name, Verdict.WARNING, found, remedy);
    }

    static Check problem(String name, String found, String remedy) {
        return new Check(name, Verdict.PROBLEM, found, remedy);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name)
                .put("verdict", verdict.name().toLowerCase(Locale.ROOT))
                .put("found", found);
        return remedy.isEmpty() ? json : json.put("remedy", remedy);
    }
}
