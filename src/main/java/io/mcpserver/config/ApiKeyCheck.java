package io.mcpserver.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the schema cannot say about {@code security.api_keys}: names and keys are unique. */
final class ApiKeyCheck {

    private ApiKeyCheck() {}

    /** @param keys the checked value of {@code written}: a list of maps with name and sha256 */
    static void unique(Object keys, Located written, List<Problem> problems) {
        Set<Object> names = new HashSet<>();
        Set<Object> hashes = new HashSet<>();
        List<?> values = (List<?>) keys;
        for (int i = 0; i < values.size(); i++) {
            Map<?, ?> key = (Map<?, ?>) values.get(i);
            String path = "security.api_keys[" + i + "]";
            Place place = written.items().get(i).place();
            if (!names.add(key.get("name"))) {
                problems.add(place.error(path, "another key is already named \"" + key.get("name") + "\""));
            }
            if (!hashes.add(((String) key.get("sha256")).toLowerCase(Locale.ROOT))) {
                problems.add(place.error(path, "the same key is already listed under another name"));
            }
        }
    }
}
