package io.mcpserver.tool.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;

/** What became of the tool files, as JSON for the operator. */
public final class DiscoveryJson {

    private DiscoveryJson() {}

    /** All files, with what they offer and what is wrong with them. */
    public static ObjectNode whole(DiscoveryReport report) {
        ObjectNode json = counts(report);
        json.put("at", report.at().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("taken_ms", report.taken().toMillis());
        ArrayNode files = json.putArray("files");
        report.files().forEach(file -> {
            ObjectNode one = files.addObject();
            one.put("file", file.file()).put("state", file.state().word());
            file.reason().ifPresent(reason -> one.put("reason", reason.word()));
            ArrayNode tools = one.putArray("tools");
            file.tools().forEach(tools::add);
            ArrayNode problems = one.putArray("problems");
            file.problems().forEach(problem -> problems.add(problem.render()));
        });
        ArrayNode problems = json.putArray("problems");
        report.problems().forEach(problem -> problems.add(problem.render()));
        return json;
    }

    /** How many files fare how, which are quarantined, with the reasons, and what else is wrong. */
    public static ObjectNode summary(DiscoveryReport report) {
        ObjectNode json = counts(report);
        ArrayNode files = json.putArray("quarantined_files");
        report.files(FileState.State.QUARANTINED).forEach(file -> {
            ObjectNode one = files.addObject().put("file", file.file());
            file.reason().ifPresent(reason -> one.put("reason", reason.word()));
            ArrayNode problems = one.putArray("problems");
            file.problems().forEach(problem -> problems.add(problem.render()));
        });
        ArrayNode problems = json.putArray("problems");
        report.problems().forEach(problem -> problems.add(problem.render()));
        return json;
    }

    private static ObjectNode counts(DiscoveryReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("generation", report.generation())
                .put("outcome", report.outcome().word())
                .put("live", report.files(FileState.State.LIVE).size())
                .put("quarantined", report.files(FileState.State.QUARANTINED).size());
        return json;
    }
}
