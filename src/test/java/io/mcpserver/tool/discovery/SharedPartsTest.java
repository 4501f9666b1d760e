package io.mcpserver.tool.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.error.CodedException;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedPartsTest {

    private final List<String> closed = new ArrayList<>();
    private final SharedParts parts = new SharedParts();

    private final class Pool implements AutoCloseable {

        @Override
        public void close() {
            closed.add("pool");
            throw new IllegalStateException("on purpose");
        }
    }

    private final class Client implements AutoCloseable {

        @Override
        public void close() {
            closed.add("client");
        }
    }

    @Test
    void oneOfEachTypeIsMadeAndAllAreClosed() {
        Client client = parts.get(Client.class, Client::new);
        parts.get(Pool.class, Pool::new);

        assertThat(parts.get(Client.class, Client::new)).isSameAs(client);
        parts.close();
        parts.close();

        assertThat(closed).containsExactly("pool", "client");
        assertThatThrownBy(() -> parts.get(Client.class, Client::new)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void foldersShareThemAndReadSecretsFromWhereTheyAre(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("password"), "hidden\n");
        Surroundings here = new FolderSurroundings(folder, () -> null, () -> null, parts);
        Surroundings elsewhere = new FolderSurroundings(folder.resolve("none"), () -> null, () -> null, parts);

        assertThat(here.secret(new SecretReference("file:password"))).isEqualTo("hidden");
        assertThatThrownBy(() -> elsewhere.secret(new SecretReference("file:password")))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("file:password");
        assertThat(here.shared(Client.class, Client::new)).isSameAs(elsewhere.shared(Client.class, Client::new));
    }
}
