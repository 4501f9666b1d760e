package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.file.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a kind as it stands in a file.
 *
 * @param base the pointer of the body in the file
 */
record KindSection(
        String tool,
        JsonNode json,
        String base,
        ObjectNode inputs,
        Optional<ObjectNode> output,
        Surroundings surroundings,
        FileFaults faults)
        implements KindBody {

    @Override
    public Template template(String pointer) {
        return template(pointer, Set.of(), false);
    }

    @Override
    public Template template(String pointer, Set<String> names) {
        return template(pointer, names, false);
    }

    @Override
    public Template secretTemplate(String pointer) {
        return template(pointer, Set.of(), true);
    }

    private Template template(String pointer, Set<String> names, boolean secrets) {
        List<String> known = new ArrayList<>(names);
        inputs.path("properties").fieldNames().forEachRemaining(known::add);
        return TemplateReader.read(json.at(pointer), base + pointer, known, secrets, surroundings, faults);
    }

    @Override
    public void fault(String pointer, String message) {
        faults.error(base + pointer, message);
    }
}
