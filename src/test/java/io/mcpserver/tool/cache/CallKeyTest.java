package io.mcpserver.tool.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolPolicy.CachePolicy;
import io.mcpserver.tool.ToolPolicy.CachePolicy.Sharing;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallKeyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ToolSpec TOOL = tool("notes", "1");
    private static final ToolCaller ANN =
            new ToolCaller("ann", "sales", Optional.empty(), Optional.empty(), Map.of("team", "a"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1,'b':2} | {'b':2,'a':1}",
                "{'a':1} | {'a':1.0}",
                "{'a':100} | {'a':1e2}",
                "{'a':0} | {'a':-0.0}",
                "{'a':0.10} | {'a':1e-1}",
                "{'a':{'y':[1.50],'x':null}} | {'a':{'x':null,'y':[1.5]}}"
            })
    void equalArgumentsHaveOneKey(String one, String other) {
        assertThat(key(TOOL, one, ANN)).isEqualTo(key(TOOL, other, ANN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1} | {'a':2}",
                "{'a':1} | {'a':'1'}",
                "{'a':1} | {'b':1}",
                "{'a':1} | {}",
                "{'a':null} | {}",
                "{'a':[1,2]} | {'a':[2,1]}",
                "{'a':[1,[2]]} | {'a':[[1],2]}",
                "{'a':true} | {'a':'true'}",
                "{'a':'b'} | {'a':'B'}",
                "{'a':9007199254740993} | {'a':9007199254740992}",
                "{'a':1e999999999} | {'a':1e999999998}"
            })
    void otherArgumentsHaveAnother(String one, String other) {
        assertThat(key(TOOL, one, ANN)).isNotEqualTo(key(TOOL, other, ANN));
    }

    @Test
    void everyToolAndEveryVersionOfItHasItsOwn() {
        assertThat(Set.of(key(TOOL, "{}", ANN), key(tool("notes", "2"), "{}", ANN), key(tool("note", "s1"), "{}", ANN)))
                .hasSize(3);
    }

    @Test
    void whatIsKnownOfACallerMakesAnotherKey() {
        assertThat(Set.of(
                        key(TOOL, "{}", ANN),
                        key(TOOL, "{}", ToolCaller.ANYBODY),
                        key(TOOL, "{}", caller("bob", "sales", Map.of("team", "a"))),
                        key(TOOL, "{}", caller("ann", "hr", Map.of("team", "a"))),
                        key(TOOL, "{}", caller("ann", "sales", Map.of("team", "b"))),
                        key(TOOL, "{}", caller("ann", "sales", Map.of())),
                        key(
                                TOOL,
                                "{}",
                                new ToolCaller(
                                        "ann",
                                        "sales",
                                        Optional.of(Set.of("read")),
                                        Optional.empty(),
                                        Map.of("team", "a"))),
                        key(
                                TOOL,
                                "{}",
                                new ToolCaller(
                                        "ann",
                                        "sales",
                                        Optional.empty(),
                                        Optional.of(Set.of("read")),
                                        Map.of("team", "a")))))
                .hasSize(8);
    }

    @Test
    void aToolThatDoesNotLookAtItsCallerAnswersANamespaceAlike() {
        assertThat(shared(ANN)).isEqualTo(shared(caller("bob", "sales", Map.of())));
        assertThat(shared(ANN)).isNotEqualTo(shared(caller("ann", "hr", Map.of("team", "a"))));
    }

    @Test
    void noArgumentCanBeReadOffAKey() {
        assertThat(key(TOOL, "{'a':'secret'}", ANN)).matches("[0-9a-f]{64}");
    }

    private static ToolCaller caller(String name, String namespace, Map<String, String> claims) {
        return new ToolCaller(name, namespace, Optional.empty(), Optional.empty(), claims);
    }

    private static String shared(ToolCaller caller) {
        return CallKey.of(
                        TOOL,
                        new CachePolicy(Optional.empty(), Set.of(), Sharing.NAMESPACE),
                        JSON.createObjectNode(),
                        caller,
                        "")
                .digest();
    }

    private static String key(ToolSpec tool, String arguments, ToolCaller caller) {
        try {
            ObjectNode read = (ObjectNode) JSON.reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(arguments.replace('\'', '"'));
            return CallKey.of(tool, new CachePolicy(Optional.empty(), Set.of()), read, caller, "")
                    .digest();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ToolSpec tool(String name, String version) {
        return ToolSpec.named(name).version(version).blocks(call -> ToolResult.ofText(""));
    }
}
