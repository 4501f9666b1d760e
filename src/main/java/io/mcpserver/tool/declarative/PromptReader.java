package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.PromptSpec.Argument;
import io.mcpserver.tool.PromptSpec.Message;
import io.mcpserver.tool.file.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code prompts}. */
final class PromptReader {

    private static final String PROMPTS = "prompts";

    private PromptReader() {}

    /** @param file of a valid form */
    static List<PromptSpec> read(JsonNode file, FileFaults faults, Surroundings surroundings) {
        JsonNode all = file.path(PROMPTS);
        YamlToolFiles.unique(all, "/" + PROMPTS, "name", faults);
        List<PromptSpec> prompts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            prompts.add(prompt(all.get(i), "/" + PROMPTS + "/" + i, faults, surroundings));
        }
        return prompts;
    }

    private static PromptSpec prompt(JsonNode written, String pointer, FileFaults faults, Surroundings surroundings) {
        YamlToolFiles.unique(written.path("arguments"), pointer + "/arguments", "name", faults);
        List<Argument> arguments = new ArrayList<>();
        for (JsonNode argument : written.path("arguments")) {
            arguments.add(new Argument(
                    argument.path("name").asText(),
                    argument.path("description").asText(),
                    argument.path("required").asBoolean()));
        }
        TemplateReader.Names known =
                new TemplateReader.Names(arguments.stream().map(Argument::name).toList(), Set.of(), false);
        List<Template> texts = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        JsonNode messages = written.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            String at = pointer + "/messages/" + i + "/text";
            texts.add(TemplateReader.read(messages.get(i).path("text"), at, known, surroundings, faults));
            roles.add(messages.get(i).path("role").asText("user"));
        }
        String name = written.path("name").asText();
        return new PromptSpec(
                name,
                written.path("title").asText(name),
                written.path("description").asText().strip(),
                arguments,
                (given, caller) -> {
                    Inputs inputs = key -> Optional.ofNullable(given.get(key)).map(TextNode::valueOf);
                    List<Message> filled = new ArrayList<>();
                    for (int i = 0; i < texts.size(); i++) {
                        filled.add(new Message(
                                roles.get(i), texts.get(i).fill(inputs).asText()));
                    }
                    return filled;
                });
    }
}
