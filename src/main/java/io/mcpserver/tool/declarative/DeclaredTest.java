package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.file.FileTest;
import java.util.List;
import java.util.Optional;

/** A test of a tool in a YAML file. */
record DeclaredTest(
        String tool,
        String name,
        int line,
        boolean needsNetwork,
        ObjectNode given,
        ToolCaller caller,
        Optional<StoredTest> stored,
        List<Expectation> expectations)
        implements FileTest {

    @Override
    public Optional<String> run(Bench bench) {
        ToolOutcome outcome = stored.map(own -> own.call(inside -> inside.call(tool, given, caller)))
                .orElseGet(() -> bench.call(tool, given, caller));
        List<String> failures = expectations.stream()
                .map(expectation -> expectation.unmet(outcome))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures));
    }
}
