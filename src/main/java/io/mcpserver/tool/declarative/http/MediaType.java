package io.mcpserver.tool.declarative.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says of its answer.
 *
 * @param name such as {@code application/json}; an empty text where it says nothing
 * @param charset as it was sent
 */
record MediaType(String name, Optional<String> charset) {

    private static final Pattern FORM = Pattern.compile("\\s*([^;\\s]{1,100})(.*)", Pattern.DOTALL);
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:+-]{1,50})\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern JSON = Pattern.compile("application/json|text/json|[a-z0-9.+-]+/[a-z0-9.+-]+\\+json");
    private static final Pattern TEXT =
            Pattern.compile("text/.+|.+\\+xml|.+\\+yaml|application/(xml|yaml|x-yaml|javascript"
                    + "|ecmascript|x-www-form-urlencoded|x-ndjson|jsonl|json-seq|sql|toml|csv|graphql|problem\\+json)");

    static MediaType of(Optional<String> header) {
        Matcher form = FORM.matcher(header.orElse(""));
        if (!form.matches()) {
            return new MediaType("", Optional.empty());
        }
        Matcher charset = CHARSET.matcher(form.group(2));
        return new MediaType(
                form.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9/.+*-]", "?"),
                charset.find() ? Optional.of(charset.group(1)) : Optional.empty());
    }

    boolean isJson() {
        return JSON.matcher(name).matches();
    }

    boolean isText() {
        return isJson() || TEXT.matcher(name).matches();
    }

    boolean isUnknown() {
        return name.isEmpty();
    }

    /** Empty where none was said; {@code IllegalArgumentException} where it is unknown. */
    Optional<Charset> encoding() {
        try {
            return charset.map(Charset::forName);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
