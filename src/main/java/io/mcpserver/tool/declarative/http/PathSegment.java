package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.Template.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** What stands between two slashes of a path. Whatever is filled in, it stays one segment, and does not lead upwards. */
record PathSegment(List<Part> parts) {

    /** The segments of a path that is empty or begins with a slash. */
    static List<PathSegment> split(List<Part> path) {
        List<PathSegment> segments = new ArrayList<>();
        List<Part> current = null;
        for (Part part : path) {
            if (!(part instanceof Part.Literal(String text))) {
                current = current == null ? new ArrayList<>() : current;
                current.add(part);
                continue;
            }
            String[] pieces = text.split("/", -1);
            for (int i = 0; i < pieces.length; i++) {
                if (i > 0) {
                    if (current != null) {
                        segments.add(new PathSegment(current));
                    }
                    current = new ArrayList<>();
                }
                if (!pieces[i].isEmpty()) {
                    current = current == null ? new ArrayList<>() : current;
                    current.add(new Part.Literal(pieces[i]));
                }
            }
        }
        if (current != null) {
            segments.add(new PathSegment(current));
        }
        return segments;
    }

    /** @throws CodedException {@code INVALID_ARGUMENT} if an input is empty here, or would lead elsewhere */
    String fill(Inputs inputs, RequestSecrets secrets) {
        StringBuilder encoded = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal literal -> {
                    encoded.append(Percent.written(literal.text()));
                    plain.append(literal.text());
                }
                case Part.Input input -> encoded.append(input(input.name(), inputs, plain));
                case Part.Secret secret -> {
                    String text = secrets.read(secret.reference());
                    encoded.append(Percent.encoded(text));
                    plain.append(text);
                }
            }
        }
        boolean filled = parts.stream().anyMatch(part -> !(part instanceof Part.Literal));
        if (filled && leadsElsewhere(plain.toString())) {
            throw wrong(names(), "must not lead to another path with \"..\" or \".\"");
        }
        return encoded.toString();
    }

    private static String input(String name, Inputs inputs, StringBuilder plain) {
        JsonNode value = inputs.get(name).orElseThrow(() -> wrong(name, "must be given: it is a part of the address"));
        StringJoiner joined = new StringJoiner(",");
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            String text = one.asText();
            if (one.isContainerNode() || one.isNull() || text.isEmpty()) {
                throw wrong(name, "must be a text or number that is not empty: it is a part of the address");
            }
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw wrong(name, "must not have control characters");
            }
            joined.add(Percent.encoded(text));
            plain.append(text);
        }
        if (joined.length() == 0) {
            throw wrong(name, "must not be empty: it is a part of the address");
        }
        return joined.toString();
    }

    private static boolean leadsElsewhere(String plain) {
        return Arrays.stream(plain.split("[/\\\\]", -1)).anyMatch(step -> step.equals(".") || step.equals(".."));
    }

    private String names() {
        StringJoiner names = new StringJoiner(", ");
        parts.forEach(part -> {
            if (part instanceof Part.Input(String name)) {
                names.add(name);
            }
        });
        return names.toString();
    }

    private static CodedException wrong(String names, String must) {
        return new CodedException(ErrorCode.INVALID_ARGUMENT, names + " " + must + ".");
    }
}
