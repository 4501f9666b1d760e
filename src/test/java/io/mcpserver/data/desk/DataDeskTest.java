package io.mcpserver.data.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.data.transfer.StoreReading;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.index.Shelf;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDeskTest {

    @TempDir
    Path directory;

    private Shelf shelf;

    @BeforeEach
    void open() {
        shelf = Shelf.open(directory, Shelf.NO_MODEL);
        shelf.save("one", "a red apple");
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void aSnapshotThatNobodyReadsIsGivenBack() {
        try (DataDesk desk = desk(Duration.ofMillis(1))) {
            String id = begin(desk);
            Awaitility.await().until(() -> refusal(desk, id) == ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void onlyAFewCommandsReadAllAtOnce() {
        try (DataDesk desk = desk(Duration.ofMinutes(1))) {
            String first = begin(desk);
            for (int i = 1; i < OpenSnapshots.MOST; i++) {
                begin(desk);
            }
            assertThat(catchThrowableOfType(StoreException.class, () -> begin(desk))
                            .code())
                    .isEqualTo(ErrorCode.RATE_LIMITED);
            desk.answer(Operation.END, first);
            begin(desk);
        }
    }

    @Test
    void statisticsTellCollectionsIndexAndDisk() {
        try (DataDesk desk = desk(Duration.ofMinutes(1))) {
            shelf.words("apple");
            var stats = StoreReading.json(desk.answer(Operation.STATS, ""));
            assertThat(stats.path("engine").asText()).isEqualTo("duckdb");
            assertThat(stats.path("documents").asLong()).isEqualTo(1);
            assertThat(stats.path("by_collection").path(0).path("name").asText())
                    .isEqualTo(Shelf.NOTES);
            assertThat(stats.path("bytes").asLong())
                    .isEqualTo(stats.path("by_collection").path(0).path("bytes").asLong())
                    .isPositive();
            assertThat(stats.path("index").path("behind").asLong()).isZero();
            assertThat(stats.path("index").path("written").asLong())
                    .isEqualTo(stats.path("sequence").asLong());
            assertThat(stats.path("figures").path("deleted_ids").asLong()).isZero();
            assertThat(stats.path("disk").path("record_bytes").asLong()).isPositive();
            assertThat(stats.path("disk").path("index_bytes").asLong()).isPositive();
        }
    }

    private DataDesk desk(Duration idle) {
        ServerConfig.Storage config =
                Shelf.config("duckdb", directory, Shelf.NO_MODEL).storage();
        return new DataDesk(config, shelf.service(), idle);
    }

    private static String begin(DataDesk desk) {
        return StoreReading.json(desk.answer(Operation.SNAPSHOT, "{}"))
                .path("id")
                .asText();
    }

    private static ErrorCode refusal(DataDesk desk, String id) {
        StoreException refusal = catchThrowableOfType(StoreException.class, () -> desk.answer(Operation.PAGE, id));
        return refusal == null ? null : refusal.code();
    }
}
