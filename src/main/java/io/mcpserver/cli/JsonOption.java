package io.mcpserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of commands whose report can be one JSON object. A picocli mixin. */
public final class JsonOption {

    @Option(names = "--json", description = "Prints one JSON object.")
    boolean asked;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    void print(JsonNode report) {
        spec.commandLine().getOut().println(Json.print(report));
    }
}
