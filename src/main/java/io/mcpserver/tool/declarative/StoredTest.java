package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.file.FileTest.Bench;
import io.mcpserver.tool.file.Surroundings;
import io.mcpserver.tool.trial.TestStore;
import io.mcpserver.tool.trial.ToolTestBench;
import io.mcpserver.tool.trial.TrialSurroundings;
import java.util.List;
import java.util.function.Function;

/**
 * Calls a tool on a store of its own that is thrown away afterwards.
 *
 * @param documents by collection
 * @param again makes the tools of the file anew, for other surroundings
 */
record StoredTest(ObjectNode documents, Surroundings served, Function<Surroundings, List<ToolSpec>> again) {

    ToolOutcome call(Function<Bench, ToolOutcome> call) {
        try (TestStore store = TestStore.of(served.config(), documents);
                ToolTestBench bench =
                        ToolTestBench.of(served.config(), again.apply(TrialSurroundings.with(served, store)))) {
            return call.apply(bench);
        }
    }
}
