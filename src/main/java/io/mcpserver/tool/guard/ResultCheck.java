package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.PerTool;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Holds results against the output schema of their tool, where the tool does not come with the program, whose own tests
 * hold it.
 *
 * <p>Threads: safe for any number of callers.
 */
final class ResultCheck {

    private static final Logger LOG = Logger.getLogger(ResultCheck.class);
    private static final int FAULTS_TOLD = 5;
    private static final int SHOWN = 80;

    private final PerTool<Schema> schemas =
            new PerTool<>(tool -> ArgumentCheck.schema(tool.outputSchema().orElseThrow()));

    /** @throws CodedException {@code INTERNAL}: the result is not as promised, and told to nobody; the log says where */
    void check(ToolSpec tool, ToolResult result) {
        if (tool.builtIn() || tool.outputSchema().isEmpty()) {
            return;
        }
        List<Error> faults = BoundedPattern.validate(
                schemas.of(tool),
                result.structured().isPresent() ? result.structured().get() : JsonNodeFactory.instance.nullNode());
        if (!faults.isEmpty()) {
            String reference =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
            LOG.errorf(
                    "The result of %s is not what its output schema promises, reference %s: %s",
                    tool.name(), reference, places(faults));
            throw new CodedException(
                    ErrorCode.INTERNAL,
                    ("The result of %s is not what the tool promises, which is a defect of the tool, not of your arguments."
                                    + " Do not repeat the call; tell the operator the reference %s, which is in the"
                                    + " server's log.")
                            .formatted(tool.name(), reference));
        }
    }

    /** Where the faults are and which rules are broken, without the values, which may be secret. */
    private static String places(List<Error> faults) {
        String told = faults.stream()
                .limit(FAULTS_TOLD)
                .map(fault -> cut("" + fault.getInstanceLocation()) + " breaks " + fault.getKeyword())
                .collect(Collectors.joining("; "));
        return faults.size() > FAULTS_TOLD ? told + "; and " + (faults.size() - FAULTS_TOLD) + " more" : told;
    }

    private static String cut(String place) {
        String shown = place.isEmpty() ? "the result" : place;
        return shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…";
    }
}
