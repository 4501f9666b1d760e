package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpserver.tool.declarative.CompiledTemplate.Piece;
import io.mcpserver.tool.declarative.Template.Part;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the templates of one tool; what is wrong in them is told. */
final class TemplateReader {

    private static final String OPENS = "${";

    /**
     * What may stand in a template.
     *
     * @param inputs that are known
     * @param hidden those of them that are secrets
     * @param secrets whether secrets may stand there
     */
    record Names(Collection<String> inputs, Set<String> hidden, boolean secrets) {}

    private final Names known;
    private final Surroundings surroundings;
    private final FileFaults faults;
    private final Set<String> names = new HashSet<>();

    TemplateReader(Names known, Surroundings surroundings, FileFaults faults) {
        this.known = known;
        this.surroundings = surroundings;
        this.faults = faults;
    }

    /** @param pointer where in the file the value stands */
    static Template read(JsonNode value, String pointer, Names known, Surroundings surroundings, FileFaults faults) {
        TemplateReader reader = new TemplateReader(known, surroundings, faults);
        Piece piece = reader.piece(value, pointer);
        return new CompiledTemplate(piece, reader.names);
    }

    private Piece piece(JsonNode value, String pointer) {
        return switch (value.getNodeType()) {
            case STRING -> text(value.textValue(), pointer);
            case OBJECT -> members(value, pointer);
            case ARRAY -> items(value, pointer);
            default -> new CompiledTemplate.Fixed(value);
        };
    }

    private Piece members(JsonNode object, String pointer) {
        Map<String, Piece> members = new LinkedHashMap<>();
        object.properties().forEach(member -> {
            String at = FileTree.member(pointer, member.getKey());
            if (member.getKey().contains(OPENS)) {
                faults.error(at, "a key cannot be filled in; only values can");
            }
            members.put(member.getKey(), piece(member.getValue(), at));
        });
        return members.values().stream().allMatch(CompiledTemplate.Fixed.class::isInstance)
                ? new CompiledTemplate.Fixed(unescaped(object, members))
                : new CompiledTemplate.Members(members);
    }

    /** The object itself, unless a text in it has {@code $${}. */
    private static JsonNode unescaped(JsonNode object, Map<String, Piece> members) {
        return object.toString().contains(OPENS) ? new CompiledTemplate.Members(members).fill(name -> null) : object;
    }

    private Piece items(JsonNode array, String pointer) {
        List<Piece> items = new ArrayList<>();
        for (JsonNode item : array) {
            items.add(piece(item, pointer + "/" + items.size()));
        }
        return items.stream().allMatch(CompiledTemplate.Fixed.class::isInstance)
                ? new CompiledTemplate.Fixed(new CompiledTemplate.Items(items).fill(name -> null))
                : new CompiledTemplate.Items(items);
    }

    private Piece text(String text, String pointer) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int opens = text.indexOf(OPENS, at);
            if (opens < 0) {
                break;
            }
            if (opens > at && text.charAt(opens - 1) == '$') {
                literal.append(text, at, opens - 1).append(OPENS);
                at = opens + OPENS.length();
                continue;
            }
            int closes = text.indexOf('}', opens);
            if (closes < 0) {
                faults.error(pointer, "\"${\" is not closed with \"}\"; for a plain \"${\" write \"$${\"");
                break;
            }
            literal.append(text, at, opens);
            if (!literal.isEmpty()) {
                parts.add(new Part.Literal(literal.toString()));
                literal.setLength(0);
            }
            parts.add(reference(text.substring(opens + OPENS.length(), closes), pointer));
            at = closes + 1;
        }
        literal.append(text, at, text.length());
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString()));
        }
        return piece(parts);
    }

    private Piece piece(List<Part> parts) {
        if (parts.isEmpty()) {
            return new CompiledTemplate.Fixed(TextNode.valueOf(""));
        }
        if (parts.size() == 1) {
            switch (parts.getFirst()) {
                case Part.Literal literal -> {
                    return new CompiledTemplate.Fixed(TextNode.valueOf(literal.text()));
                }
                case Part.Input input -> {
                    return new CompiledTemplate.One(input.name());
                }
                case Part.Secret secret -> {}
            }
        }
        return new CompiledTemplate.Words(List.copyOf(parts), surroundings);
    }

    private Part reference(String written, String pointer) {
        if (written.matches("env\\.[A-Za-z_][A-Za-z0-9_]*|file:[^\\p{Cntrl}]+")) {
            if (!known.secrets()) {
                faults.error(
                        pointer,
                        "${" + Shown.plain(written) + "} cannot stand here, where a client could see the secret");
            }
            return new Part.Secret(new SecretReference(written));
        }
        if (!known.inputs().contains(written)) {
            faults.unknown(
                    pointer,
                    "${" + Shown.plain(written) + "} is no input of this tool"
                            + (known.inputs().isEmpty()
                                    ? ", which has none"
                                    : "; there are " + String.join(", ", known.inputs())),
                    written,
                    known.inputs());
        }
        if (!known.secrets() && known.hidden().contains(written)) {
            faults.error(
                    pointer,
                    "${" + written + "} cannot stand here, where a client could see the secret: the input " + written
                            + " is taken from the environment");
        }
        names.add(written);
        return new Part.Input(written);
    }
}
