package io.mcpserver.insight.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.tools.attach.VirtualMachineDescriptor;
import com.sun.tools.attach.spi.AttachProvider;
import io.mcpserver.insight.InsightException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalServerTest {

    @ParameterizedTest
    @CsvSource({
        "/opt/mcp server/app/quarkus-run.jar --transport sse --port 8000, --transport sse --port 8000",
        "/opt/app/quarkus-run.jar, ''",
        "/opt/app/quarkus-run.jar serve, serve"
    })
    void whatServesIsAServer(String command, String arguments) {
        assertThat(of(command)).contains(new LocalServer(4711, arguments));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/opt/app/quarkus-run.jar status --port 8000",
                "/opt/app/quarkus-run.jar import docs",
                "/opt/app/quarkus-run.jar --profile --duration 60",
                "org.example.Main",
                ""
            })
    void whatDoesSomethingElseIsNone(String command) {
        assertThat(of(command)).isEmpty();
    }

    @Test
    void thisProcessIsNoServer() {
        long pid = ProcessHandle.current().pid();
        assertThatThrownBy(() -> LocalServer.byPid(pid))
                .isInstanceOf(InsightException.class)
                .hasMessageContaining(pid + " (")
                .hasMessageContaining("is no running mcp-server");
    }

    private static Optional<LocalServer> of(String command) {
        return LocalServer.of(
                new VirtualMachineDescriptor(AttachProvider.providers().getFirst(), "4711", command));
    }
}
