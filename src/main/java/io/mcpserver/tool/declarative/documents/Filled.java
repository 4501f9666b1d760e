package io.mcpserver.tool.declarative.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One key of a body, read once as far as it never changes. */
final class Filled {

    private Filled() {}

    /** A text; empty where the key is not there, or its input was not given. */
    static Function<Inputs, Optional<String>> text(KindBody body, String key) {
        return value(body, key, value -> value.isValueNode() ? value.asText() : value.toString());
    }

    /** A whole number. */
    static Function<Inputs, Optional<Integer>> number(KindBody body, String key) {
        return value(body, key, value -> {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw new CodedException(ErrorCode.INVALID_ARGUMENT, key + " must be a whole number.");
            }
            return value.intValue();
        });
    }

    /** A list of texts; a single text is a list of one. */
    static Function<Inputs, Optional<List<String>>> texts(KindBody body, String key) {
        return value(body, key, value -> {
            if (!value.isArray()) {
                return List.of(value.asText());
            }
            List<String> texts = new ArrayList<>();
            value.forEach(item -> texts.add(item.asText()));
            return List.copyOf(texts);
        });
    }

    private static <T> Function<Inputs, Optional<T>> value(KindBody body, String key, Function<JsonNode, T> reading) {
        if (!body.json().has(key)) {
            return inputs -> Optional.empty();
        }
        Template template = body.template("/" + key);
        if (template.isFixed()) {
            Optional<T> always = Optional.of(reading.apply(template.fill(name -> Optional.empty())));
            return inputs -> always;
        }
        return inputs -> {
            JsonNode value = template.fill(inputs);
            return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(reading.apply(value));
        };
    }
}
