package io.mcpserver.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the schema cannot say about {@code cache.redis_url}: it can be taken apart. */
final class RedisAddressCheck {

    private RedisAddressCheck() {}

    /**
     * The address with the paths of its secrets made absolute; empty if it is none.
     *
     * @param address the checked value of {@code written}; its secrets need not be there yet
     */
    static Optional<Object> valid(Object address, Located written, List<Problem> problems) {
        String text = (String) address;
        boolean named = SecretText.REFERENCE.matcher(text).matches();
        try {
            if (!named) {
                RedisAddress.parse(text, reference -> "x");
            }
            Path base = written.place().base();
            return Optional.of(SecretText.REFERENCE
                    .matcher(text)
                    .replaceAll(found ->
                            java.util.regex.Matcher.quoteReplacement("${" + absolute(found.group(1), base) + "}")));
        } catch (IllegalArgumentException e) {
            problems.add(written.place().error("cache.redis_url", e.getMessage()));
            return Optional.empty();
        }
    }

    private static String absolute(String reference, Path base) {
        String file = "file:";
        return reference.startsWith(file)
                ? file + base.resolve(reference.substring(file.length())).toAbsolutePath()
                : reference;
    }
}
