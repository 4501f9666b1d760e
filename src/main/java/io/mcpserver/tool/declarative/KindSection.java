package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.file.Surroundings;
import java.time.Duration;
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
        DeclaredInputs declared,
        Optional<Duration> timeout,
        Optional<ObjectNode> output,
        Surroundings surroundings,
        FileFaults faults)
        implements KindBody {

    @Override
    public ObjectNode inputs() {
        return declared.full();
    }

    @Override
    public Set<String> bound() {
        return declared.bound().keySet();
    }

    @Override
    public boolean mayLack(String name) {
        return declared.mayLack(name);
    }

    @Override
    public Set<String> secretInputs() {
        return declared.secrets();
    }

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

    private TemplateReader.Names names(List<String> known, boolean secrets) {
        return new TemplateReader.Names(known, secretInputs(), secrets);
    }

    private Template template(String pointer, Set<String> names, boolean secrets) {
        List<String> known = new ArrayList<>(names);
        inputs().path("properties").fieldNames().forEachRemaining(known::add);
        return TemplateReader.read(json.at(pointer), base + pointer, names(known, secrets), surroundings, faults);
    }

    @Override
    public void fault(String pointer, String message) {
        faults.error(base + pointer, message);
    }
}
