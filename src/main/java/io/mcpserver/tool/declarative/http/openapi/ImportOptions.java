package io.mcpserver.tool.declarative.http.openapi;

import java.util.List;
import java.util.Optional;

/**
 * What is wanted of a description.
 *
 * @param baseUrl in place of its servers
 * @param include the operations that become tools, by name of the tool, operationId or path, with {@code *} for any
 *     characters; without any, all
 * @param prefix of the names of the tools and of the variables; may be empty
 */
public record ImportOptions(Optional<String> baseUrl, List<String> include, String prefix) {

    boolean wants(String tool, String operation, String path) {
        return include.isEmpty()
                || include.stream()
                        .map(glob -> glob.replaceAll("[^*]+", "\\\\Q$0\\\\E").replace("*", ".*"))
                        .anyMatch(form -> tool.matches(form) || operation.matches(form) || path.matches(form));
    }
}
