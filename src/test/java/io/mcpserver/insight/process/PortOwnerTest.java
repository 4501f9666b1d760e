package io.mcpserver.insight.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PortOwnerTest {

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "Who listens is read from /proc")
    void whoListensIsFoundAndNobodyAfterwards() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            PortOwner owner = PortOwner.of(port).orElseThrow();
            assertThat(owner.pid()).hasValue(ProcessHandle.current().pid());
        }
        assertThat(PortOwner.of(port)).isEmpty();
    }

    @Test
    void aListenerWhoseProcessMayNotBeSeenHasAUserOnly(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1001        0 4711 1
                   1: 0100007F:1F41 0100007F:1F40 01 00000000:00000000 00:00000000 00000000  1001        0 4712 1
                """);
        assertThat(PortOwner.of(8000, proc)).contains(new PortOwner(OptionalLong.empty(), 1001));
        assertThat(PortOwner.of(8001, proc)).as("a connection is no listener").isEmpty();
    }
}
