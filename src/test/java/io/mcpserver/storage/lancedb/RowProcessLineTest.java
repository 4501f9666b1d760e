package io.mcpserver.storage.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.lancedb.dataset.Versions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "stops a process by a signal")
class RowProcessLineTest {

    @TempDir
    Path directory;

    @Test
    void a_process_that_hangs_is_ended_and_the_next_question_has_another_one() throws Exception {
        try (DocumentStore store = LanceDbStores.open(directory, ChangeListener.NONE)) {
            store.save("notes", List.of(new DocumentToSave("a", JsonNodeFactory.instance.objectNode())));
        }
        Path dataset = directory.resolve(LanceDbStore.DATASET);
        long version = new Versions(dataset).numbers().getFirst();
        Set<ProcessHandle> before = children();
        try (RowProcessLine line = new RowProcessLine(dataset, Duration.ofSeconds(30))) {
            List<JsonNode> keys = new ArrayList<>();
            assertThat(line.ask(DatasetVersions.ask("keys", version), keys::add))
                    .isEmpty();
            assertThat(keys).extracting(key -> key.path("key").asText()).contains(Keys.of("notes", "a"));

            Set<ProcessHandle> asked = children();
            asked.removeAll(before);
            assertThat(asked).hasSize(1);
            stop(asked.iterator().next());

            assertThat(line.ask(DatasetVersions.ask("keys", version), answer -> {}))
                    .hasValueSatisfying(why -> assertThat(why).contains("does not come to an end"));
            assertThat(line.deaths()).isEqualTo(1);
            assertThat(line.ask(DatasetVersions.ask("index", version), answer -> {}))
                    .isEmpty();
        }
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    private static void stop(ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
